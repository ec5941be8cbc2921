/**
 * The page of finished suites: stages of one training side by side, with what casts doubt on them, their failures and their differences.
 * Every class here writes a section of it. Renders what {@code suite} has found; computes nothing.
 */
package dev.nla.eval.report.suite;
