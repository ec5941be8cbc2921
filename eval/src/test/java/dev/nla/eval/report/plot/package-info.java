/** Tests of curves as they are read. */
package dev.nla.eval.report.plot;
