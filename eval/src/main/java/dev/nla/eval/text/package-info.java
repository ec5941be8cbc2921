/**
 * What can be said of descriptions by their words alone: how collapsed or broken a set of them is, the same descriptions rewritten to see
 * what a reconstructor reads in them, and descriptions to compare with that take no model to make. Computes; prints nothing.
 */
package dev.nla.eval.text;
