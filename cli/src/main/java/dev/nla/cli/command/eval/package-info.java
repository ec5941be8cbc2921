/** {@code nla eval}: the gap, suites with controls, comparisons, probes and the report. */
package dev.nla.cli.command.eval;
