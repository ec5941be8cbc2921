/** Tests of dev.nla.exchange.pickle. */
package dev.nla.exchange.pickle;
