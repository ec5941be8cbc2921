package dev.nla.claims.signal;

import java.util.List;

/**
 * An activation with what a verbalizer wrote about it.
 *
 * @param vector the activation, [d]
 * @param greedy the description that is shown
 * @param samples others, drawn by chance; what they have in common can be trusted more
 */
public record DescribedActivation(float[] vector, ScoredText greedy, List<ScoredText> samples) {
    /** Copies the samples. */
    public DescribedActivation {
        samples = List.copyOf(samples);
    }
}
