/** Compares what is computed here with golden values that transformers and peft computed for the same checkpoint. */
package dev.nla.eval.parity;
