/**
 * Updates of trained parameters, which are flat float32 leaves ({@code LoraAdapter.parameters()}): AdamW, clipping by the norm, learning-rate
 * schedules, the guard against losses that are not finite, moving averages. Start reading at {@link dev.nla.train.optimizer.Updater}. Only
 * {@code ai.djl:api} is used. What computes gradients is elsewhere.
 */
package dev.nla.train.optimizer;
