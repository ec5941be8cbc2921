package dev.nla.claims.described;

import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ExplanationFormat;

/**
 * A description with the log-probability of each of its tokens, given the activation.
 *
 * @param text the description
 * @param ends for each token, the place in the text behind it; tokens before the text end at 0, tokens behind it where it ends
 * @param logProbabilities of the tokens, in nats
 */
public record ScoredText(String text, int[] ends, float[] logProbabilities) {
    /** Checks the lengths. */
    public ScoredText {
        if (ends.length != logProbabilities.length) {
            throw new IllegalArgumentException(ends.length + " tokens, " + logProbabilities.length + " probabilities");
        }
    }

    /** What a verbalizer wrote, with the probabilities it gave its own tokens. */
    public static ScoredText of(Description description, ExplanationFormat format) {
        return new ScoredText(
                description.text(),
                format.tokenEnds(description),
                description.completion().logProbabilities());
    }

    /** The log-probability of all tokens that end in a part of the text, each of which may have begun with the blank before it; NaN of none. */
    public double logProbability(int begin, int end) {
        double sum = 0;
        boolean any = false;
        int before = 0;
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] > before && ends[i] > begin && ends[i] <= end) {
                sum += logProbabilities[i];
                any = true;
            }
            before = ends[i];
        }
        return any ? sum : Double.NaN;
    }
}
