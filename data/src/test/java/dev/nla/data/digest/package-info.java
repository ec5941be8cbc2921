/** Tests of digests. */
package dev.nla.data.digest;
