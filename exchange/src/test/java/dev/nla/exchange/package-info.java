/** Tests of dev.nla.exchange. */
package dev.nla.exchange;
