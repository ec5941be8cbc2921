/**
 * Everything a claim about a verbalizer and its critics should rest on: gaps, cosines, retrieval and truth of its descriptions, the same for
 * controls, and the differences between them.
 */
package dev.nla.eval.suite;
