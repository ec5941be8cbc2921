/** Tests of dev.nla.data.exchange. */
package dev.nla.data.exchange;
