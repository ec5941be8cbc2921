package dev.nla.model.parts;

import ai.djl.ndarray.NDManager;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.TokenScores;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.verbalizer.Verbalizer;
import java.util.List;

/**
 * What is said about activations.
 *
 * @param activations {@code [B][d]}
 * @param tokens of the description of each, at least one
 */
public record Responses(float[][] activations, List<long[]> tokens) {
    /** Log-probabilities of all tokens in one row, as {@link Verbalizer#score} gives them. */
    public TokenScores score(
            NDManager scope, Verbalizer verbalizer, LoraAdapter by, float temperature, boolean entropies, Mode mode) {
        return verbalizer.score(scope, activations, tokens, by, temperature, entropies, mode);
    }

    /** Tokens of each description. */
    public int[] lengths() {
        return tokens.stream().mapToInt(row -> row.length).toArray();
    }
}
