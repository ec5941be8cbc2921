/** How likely a claim is true: its signals, a score from them, and the probability that scores like it have been found to mean. */
package dev.nla.claims.calibration;
