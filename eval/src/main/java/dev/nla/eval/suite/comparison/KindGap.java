package dev.nla.eval.suite.comparison;

import dev.nla.eval.suite.DescribedRow;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The mean gap of those rows that are of one kind.
 *
 * @param kind their category or group
 * @param rows how many
 * @param trusted whether they are of documents enough for an interval over documents
 * @param gaps by critic, in its order
 */
public record KindGap(String kind, int rows, boolean trusted, Map<String, Estimate> gaps) {
    /** The kind of rows that have none, where others have. */
    public static final String NONE = "(none)";

    /** Keeps the order. */
    public KindGap {
        gaps = Collections.unmodifiableMap(new LinkedHashMap<>(gaps));
    }

    /**
     * The gap that verdicts are about, kind by kind.
     *
     * @param kind of a row; blank where it has none
     * @return by the kinds' names; empty where no row has a kind
     */
    public static List<KindGap> of(
            FinishedSuite suite, Function<DescribedRow, String> kind, DocumentBootstrap bootstrap) {
        Map<String, List<Integer>> kinds = new TreeMap<>();
        for (int i = 0; i < suite.rows().size(); i++) {
            String name = kind.apply(suite.rows().get(i));
            kinds.computeIfAbsent(name.isBlank() ? NONE : name, key -> new ArrayList<>())
                    .add(i);
        }
        if (kinds.keySet().equals(Set.of(NONE))) {
            return List.of();
        }
        return kinds.entrySet().stream()
                .map(each -> of(suite, each.getKey(), each.getValue(), bootstrap))
                .toList();
    }

    private static KindGap of(FinishedSuite suite, String kind, List<Integer> rows, DocumentBootstrap bootstrap) {
        DocumentDraws draws = bootstrap.of(
                Documents.of(rows.stream().map(suite.scores().documents()::get).toList()));
        Map<String, Estimate> gaps = new LinkedHashMap<>();
        for (String critic : suite.report().critics()) {
            Estimate gap = suite.of(critic, Comparison.DECIDING)
                    .map(all -> rows.stream().mapToDouble(row -> all[row]).toArray())
                    .map(own -> draws.mean(Comparison.DECIDING.key(), own))
                    .orElse(new Estimate(Double.NaN, Optional.empty()));
            gaps.put(critic, gap);
        }
        return new KindGap(kind, rows.size(), draws.trusted(), gaps);
    }
}
