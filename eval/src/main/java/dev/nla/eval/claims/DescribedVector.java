package dev.nla.eval.claims;

import dev.nla.claims.truth.LabelledRow;
import java.util.List;

/**
 * A vector with what a verbalizer wrote about it.
 *
 * @param document of the row
 * @param vector its activation, [d]
 * @param greedy the description that is shown
 * @param samples others, drawn by chance; what they have in common can be trusted more
 * @param labels what claims about it are held against
 */
public record DescribedVector(
        String document, float[] vector, ScoredText greedy, List<ScoredText> samples, LabelledRow labels) {
    /** Copies the samples. */
    public DescribedVector {
        samples = List.copyOf(samples);
    }
}
