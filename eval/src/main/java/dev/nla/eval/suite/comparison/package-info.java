/** Finished suites beside each other: differences with paired intervals, by stage and by kind of row, and rows on which they disagree. */
package dev.nla.eval.suite.comparison;
