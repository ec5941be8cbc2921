/**
 * What other programs build on: a language model, the adapters that put its activations into words and turn words back into activations,
 * the gap, and the training of a stage. {@link dev.nla.LanguageModel} is where to begin. Signatures here use types of this package, of the
 * JDK, and those few others that {@code docs/reference/library.md} names; everything else may change with any release.
 */
package dev.nla;
