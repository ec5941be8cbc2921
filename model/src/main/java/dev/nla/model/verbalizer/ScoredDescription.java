package dev.nla.model.verbalizer;

import dev.nla.model.gap.BestOf;
import dev.nla.model.gap.Cosine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A description of an activation, and how near a reconstructor brings it to that.
 *
 * @param cosine of reconstruction and activation; empty where there is no reconstructor
 */
public record ScoredDescription(Description description, Optional<Score> cosine) {
    /**
     * A cosine.
     *
     * @param centered whether about the mean that the verbalizer's injection subtracts; raw where it subtracts none
     */
    public record Score(double value, boolean centered) {
        /** For people. */
        public String text() {
            return String.format(Locale.ROOT, "%s cosine %.3f", centered ? "centred" : "raw", value);
        }

        /** The name in files. */
        public String key() {
            return centered ? "cosine_centered" : "cosine_raw";
        }
    }

    /** Descriptions as they were written. */
    public static List<ScoredDescription> unscored(List<Description> written) {
        return written.stream()
                .map(each -> new ScoredDescription(each, Optional.empty()))
                .toList();
    }

    /**
     * Descriptions of an activation, the one whose reconstruction is nearest to it first; those that could not be parsed come last.
     *
     * @param vectors what each is turned back into, [N][d]
     * @param activation [d]
     * @param mean [d], or empty for the raw cosine
     */
    public static List<ScoredDescription> nearestFirst(
            List<Description> written, float[][] vectors, float[] activation, float[] mean) {
        Cosine cosine = mean.length == 0 ? Cosine.raw() : Cosine.centered(mean);
        List<BestOf.Candidate> candidates = IntStream.range(0, written.size())
                .mapToObj(i -> new BestOf.Candidate(
                        cosine.between(vectors[i], activation),
                        Double.NaN,
                        written.get(i).parsed()))
                .toList();
        return IntStream.of(BestOf.NEAREST_PARSED.order(candidates))
                .mapToObj(i -> new ScoredDescription(
                        written.get(i), Optional.of(new Score(candidates.get(i).own(), cosine.isCentered()))))
                .toList();
    }
}
