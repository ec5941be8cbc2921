package dev.nla.model.generation;

import dev.nla.model.InputException;

/**
 * How tokens are drawn, in Hugging Face's order: temperature, then top-k, then top-p.
 *
 * @param temperature 0 takes the most likely token
 * @param topK keep the k most likely tokens; 0 keeps all
 * @param topP keep the smallest set whose probability reaches p; 1 keeps all
 * @param maxNewTokens at most so many tokens a completion
 */
public record Sampling(float temperature, int topK, float topP, int maxNewTokens) {
    public Sampling {
        if (!(temperature >= 0) || Float.isInfinite(temperature)) {
            throw InputException.usage("temperature is %s: give 0 (greedy) or a positive number", temperature);
        }
        if (topK < 0) {
            throw InputException.usage("top_k is %d: give 0 (off) or a positive number", topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw InputException.usage("top_p is %s: give a number in (0, 1]", topP);
        }
        if (maxNewTokens < 1) {
            throw InputException.usage("max_new_tokens is %d: give at least 1", maxNewTokens);
        }
    }

    /** Always the most likely token. */
    public static Sampling greedy(int maxNewTokens) {
        return new Sampling(0, 0, 1, maxNewTokens);
    }
}
