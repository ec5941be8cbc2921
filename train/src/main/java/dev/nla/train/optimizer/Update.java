package dev.nla.train.optimizer;

/**
 * What became of one optimizer step.
 *
 * @param applied false when the loss or the gradient was not finite and the step was left out
 * @param gradientNorm global L2 norm before clipping
 * @param learningRate the schedule's rate at this step
 */
public record Update(boolean applied, double gradientNorm, double learningRate) {}
