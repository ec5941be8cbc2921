/**
 * How true descriptions are: what they state of what is known, and the claims in them that are right, wrong or invented. By slot, claims are
 * read by a grammar and judged by its rules; by value, words are matched with the values that facts have. Computes; prints nothing.
 */
package dev.nla.eval.truth;
