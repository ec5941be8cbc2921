/**
 * The gap of given vectors or of descriptions, with intervals, floor, ceiling, the controls that vectors give, and provenance. Computes; prints
 * nothing.
 */
package dev.nla.eval.gap;
