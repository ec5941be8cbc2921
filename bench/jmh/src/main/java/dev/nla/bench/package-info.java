/** Measurements of small pieces: what they cost apart from any model. */
package dev.nla.bench;
