/**
 * The gap and its companions: how much nearer a reconstruction is to its own activation than to the hardest of that row's
 * neighbours, with intervals, chance levels, floor and ceiling, and the two fractions of variance explained. Plain mathematics on
 * arrays: float vectors in, double sums inside. No tensors, no models, no files.
 */
package dev.nla.model.gap;
