package dev.nla.claims.described;

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

    /** What was written: 0 is the greedy description, those above are the samples. */
    public ScoredText text(int index) {
        return index == 0 ? greedy : samples.get(index - 1);
    }
}
