/**
 * What is measured of a row's descriptions under a critic. A metric is registered once, in {@code Metrics}; tables, files, pages and the
 * reference read it from there.
 */
package dev.nla.eval.metric;
