/**
 * What pages are made of: tables, bars on a scale, texts with their descriptions. Records for the templates of {@code src/main/jte}, in plain
 * words and numbers that are rounded already: none of them holds HTML, none knows of stages or suites.
 */
package dev.nla.eval.report.part;
