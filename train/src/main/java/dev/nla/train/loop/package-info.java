/**
 * The one training loop, and what a stage has to do in it. Stages are in {@code sft}, {@code grpo} and {@code lm}; {@link
 * dev.nla.train.Training} opens the one that settings ask for.
 */
package dev.nla.train.loop;
