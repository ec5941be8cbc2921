/** Tests of dev.nla.data.pickle. */
package dev.nla.data.pickle;
