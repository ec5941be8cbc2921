/** How far the claims of a verbalizer's descriptions can be trusted: their signals, measured, and the calibration fitted to them. */
package dev.nla.eval.claims;
