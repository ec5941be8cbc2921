package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;

/**
 * Scores of chosen tokens, float32.
 *
 * @param logProbabilities {@code [n]} natural logarithms, with gradient when asked for
 * @param entropies {@code [n]} entropy in nats of the distribution each token was scored under; without gradient, and only meaningful
 *     when asked for
 */
public record TokenScores(NDArray logProbabilities, NDArray entropies) {}
