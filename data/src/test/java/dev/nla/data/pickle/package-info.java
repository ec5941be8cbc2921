/** Tests of {@link dev.nla.data.pickle}. */
package dev.nla.data.pickle;
