/** Reads activations and says of each claim how likely it is true. */
package dev.nla.claims.confidence;
