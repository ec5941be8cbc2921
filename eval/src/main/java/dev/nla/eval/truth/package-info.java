/**
 * How true descriptions are: the facts they state, and the claims in them that are right, wrong or invented. Matches words, so it can only
 * judge what the facts of a dataset have words for. Computes; prints nothing.
 */
package dev.nla.eval.truth;
