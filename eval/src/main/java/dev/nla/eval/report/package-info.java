/**
 * The report of finished stages or suites as one HTML page that needs nothing but itself: no network, no scripts, no fonts. The classes here
 * choose what is shown and in which order; {@code src/main/jte} holds the page's words and markup. Renders what {@code gap}, {@code suite}
 * and {@code truth} have found; computes nothing.
 */
package dev.nla.eval.report;
