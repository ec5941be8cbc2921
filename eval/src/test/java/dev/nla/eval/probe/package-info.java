/** Tests of probes. */
package dev.nla.eval.probe;
