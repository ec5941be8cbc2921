/** Measuring what was trained: evaluations with their intervals and controls, and apart from them the reports. */
package dev.nla.eval;
