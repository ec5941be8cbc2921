package dev.nla.model.generation;

/**
 * Tokens that followed a prompt.
 *
 * @param tokens the tokens, with the stop sequence that ended them
 * @param logProbabilities of each token under the model at the sampling temperature (1 for greedy), before top-k and top-p
 * @param stopped whether a stop sequence ended it rather than the limit
 */
public record Completion(long[] tokens, float[] logProbabilities, boolean stopped) {
    public Completion {
        if (tokens.length != logProbabilities.length) {
            throw new IllegalArgumentException(tokens.length + " tokens, " + logProbabilities.length + " scores");
        }
    }
}
