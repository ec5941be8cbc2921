package dev.nla.eval.truth;

import dev.nla.model.stats.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How true descriptions of rows are, all together and by attribute.
 *
 * @param texts rows that have facts
 * @param textsWithoutFacts evaluated rows that have none, and are left out of everything here
 * @param counts sums over all descriptions: a fact counts once for each description of its row
 * @param recall the part of the facts that is stated
 * @param precision the part of the claims that is right
 * @param invention the part of the claims that is invented
 * @param wrong the part of the claims that is wrong
 * @param meanWords mean length of a description in words
 * @param attributes the sums by attribute, in the order of the vocabulary; an attribute without facts or claims is left out
 */
public record TruthReport(
        int texts,
        int textsWithoutFacts,
        TruthCounts counts,
        Estimate recall,
        Estimate precision,
        Estimate invention,
        Estimate wrong,
        double meanWords,
        Map<String, TruthCounts> attributes) {
    /** Copies the map, in its order. */
    public TruthReport {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
