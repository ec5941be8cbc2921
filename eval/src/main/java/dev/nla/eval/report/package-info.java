/**
 * The report of finished stages as one HTML page that needs nothing but itself: no network, no scripts, no fonts. Every class here writes a
 * section of it. Renders what {@code gap} and {@code truth} have found; computes nothing.
 */
package dev.nla.eval.report;
