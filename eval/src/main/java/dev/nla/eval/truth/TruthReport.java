package dev.nla.eval.truth;

import dev.nla.claims.truth.TruthRule;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Statistic;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How true descriptions of rows are, all together and by part.
 *
 * @param texts rows of which something is known
 * @param textsLeftOut evaluated rows of which nothing is, and are left out of everything here
 * @param descriptions of the texts; several of a row count each
 * @param counts sums over all descriptions: a fact counts once for each description of its row
 * @param recall the part of the facts that is stated
 * @param precision the part of the claims that is right
 * @param invention the part of the claims that is invented
 * @param wrong the part of the claims that is wrong
 * @param meanWords mean length of a description in words
 * @param parts the sums by attribute in the order of the vocabulary, or by slot in the order of their names; one without facts or claims is
 *     left out
 * @param rules how claims of each slot are judged; empty by value
 */
public record TruthReport(
        int texts,
        int textsLeftOut,
        int descriptions,
        TruthCounts counts,
        Estimate recall,
        Estimate precision,
        Estimate invention,
        Estimate wrong,
        double meanWords,
        Map<String, TruthCounts> parts,
        Map<String, TruthRule> rules) {
    /** Copies the maps, in their order. */
    public TruthReport {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** Of the counts of rows, [N], whose documents are drawn; {@code said} are the descriptions of all of them. */
    static TruthReport of(
            List<TruthCounts> rows,
            DocumentDraws draws,
            int textsLeftOut,
            List<String> said,
            Map<String, TruthCounts> parts,
            Map<String, TruthRule> rules) {
        Map<String, Statistic> shares = new LinkedHashMap<>();
        Arrays.stream(TruthShare.values()).forEach(share -> shares.put(share.key(), share.of(rows)));
        Map<String, Estimate> estimates = draws.all(shares);
        return new TruthReport(
                rows.size(),
                textsLeftOut,
                said.size(),
                rows.stream().reduce(TruthCounts.NONE, TruthCounts::plus),
                estimates.get(TruthShare.RECALL.key()),
                estimates.get(TruthShare.PRECISION.key()),
                estimates.get(TruthShare.INVENTION.key()),
                estimates.get(TruthShare.WRONG.key()),
                said.stream().mapToInt(text -> Word.in(text).size()).average().orElse(Double.NaN),
                parts,
                rules);
    }

    /** One of the shares. */
    public Estimate share(TruthShare which) {
        return switch (which) {
            case RECALL -> recall;
            case PRECISION -> precision;
            case WRONG -> wrong;
            case INVENTION -> invention;
        };
    }

    /** Claims a description. */
    public double meanClaims() {
        return (double) counts.claims() / descriptions;
    }
}
