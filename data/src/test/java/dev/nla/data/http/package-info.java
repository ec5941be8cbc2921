/** Tests of dev.nla.data.http. */
package dev.nla.data.http;
