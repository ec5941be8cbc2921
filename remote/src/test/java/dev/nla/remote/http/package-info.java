/** Tests of dev.nla.remote.http. */
package dev.nla.remote.http;
