/** Tests of how evaluated descriptions are written, kept and read. */
package dev.nla.eval.describe;
