/**
 * Updates of trained parameters, which are flat float32 leaves ({@code LoraAdapter.parameters()}): AdamW, global-norm clipping, learning-rate
 * schedules, the guard against losses that are not finite, moving averages. Only {@code ai.djl:api} is used. The loops that compute losses
 * are elsewhere.
 *
 * <p>Public signatures:
 * <pre>
 * Updater(manager, List&lt;NDArray&gt; parameters, AdamWOptions, LearningRateSchedule, maxGradNorm, maxBadSteps)
 * Updater.of(manager, List&lt;NDArray&gt; parameters, OptimizerSettings, int totalSteps)
 *   Update apply(int step, double loss)      after backward: norm, guard, clip, AdamW, clear gradients; step counts from 0
 *   void write(Path file), void read(Path file), int badSteps(), close()
 * record Update(boolean applied, double gradientNorm, double learningRate)
 * AdamW(manager, NDArray parameter, AdamWOptions): step(NDArray gradient, double learningRate), state(), restore(AdamWState), close()
 * LearningRateSchedule(type, peak, warmupSteps, totalSteps).at(int step)
 * Gradients.globalNorm(List&lt;NDArray&gt;), clip(List&lt;NDArray&gt;, norm, max), clear(NDArray parameter)
 * MovingAverage(NDArray average, NDArray source, double decay).update()
 * </pre>
 */
package dev.nla.train.optimizer;
