/** The evaluation of the gap over given or reconstructed vectors, with controls and provenance. Computes; prints nothing. */
package dev.nla.eval.gap;
