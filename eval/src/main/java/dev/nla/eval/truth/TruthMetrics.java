package dev.nla.eval.truth;

import dev.nla.data.dataset.Row;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures by value how true descriptions are to the facts of their rows. Every description is read by itself, and the counts of a row's
 * descriptions are added; each share is a ratio of sums over rows.
 *
 * @param reader knows the values of the whole dataset
 * @param bootstrap of the intervals, over documents
 */
public record TruthMetrics(ClaimReader reader, DocumentBootstrap bootstrap) {
    /** Metrics that know the values of these rows, which should be all rows of the dataset, whatever their split. */
    public static TruthMetrics of(List<Row> dataset, DocumentBootstrap bootstrap) {
        return new TruthMetrics(new ClaimReader(FactVocabulary.of(dataset)), bootstrap);
    }

    /**
     * Compares descriptions with facts.
     *
     * @param rows N of them
     * @param descriptions of each row, [N][G]
     * @return empty where none of the rows has facts
     */
    public Optional<TruthReport> measure(List<Row> rows, List<List<String>> descriptions) {
        List<List<MarkedDescription>> marked = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        List<List<MarkedDescription>> all = marked(rows, descriptions);
        for (int i = 0; i < rows.size(); i++) {
            if (!all.get(i).isEmpty()) {
                documents.add(rows.get(i).docId());
                marked.add(all.get(i));
            }
        }
        return marked.isEmpty()
                ? Optional.empty()
                : Optional.of(report(marked, bootstrap.of(Documents.of(documents)), rows.size() - marked.size()));
    }

    /**
     * The same by row, [N].
     *
     * @param rows N of them; one without facts has no counts, whatever is said of it
     * @param descriptions of each row, [N][G]
     */
    public List<TruthCounts> counts(List<Row> rows, List<List<String>> descriptions) {
        return marked(rows, descriptions).stream().map(TruthMetrics::sum).toList();
    }

    /** Every description's claims; none where the row has no facts. */
    private List<List<MarkedDescription>> marked(List<Row> rows, List<List<String>> descriptions) {
        if (rows.size() != descriptions.size()) {
            throw InputException.data("%d rows but descriptions of %d", rows.size(), descriptions.size());
        }
        return IntStream.range(0, rows.size())
                .mapToObj(i -> read(Fact.of(rows.get(i).facts()), descriptions.get(i)))
                .toList();
    }

    private List<MarkedDescription> read(List<Fact> facts, List<String> descriptions) {
        return facts.isEmpty()
                ? List.of()
                : descriptions.stream().map(text -> reader.read(facts, text)).toList();
    }

    private static TruthCounts sum(List<MarkedDescription> row) {
        return row.stream().map(MarkedDescription::counts).reduce(TruthCounts.NONE, TruthCounts::plus);
    }

    private TruthReport report(List<List<MarkedDescription>> marked, DocumentDraws draws, int textsWithoutFacts) {
        List<MarkedDescription> all = marked.stream().flatMap(List::stream).toList();
        return TruthReport.of(
                marked.stream().map(TruthMetrics::sum).toList(),
                draws,
                textsWithoutFacts,
                all.stream().map(MarkedDescription::text).toList(),
                byAttribute(all),
                Map.of());
    }

    private Map<String, TruthCounts> byAttribute(List<MarkedDescription> all) {
        Map<String, TruthCounts> sums = new LinkedHashMap<>();
        for (String attribute : reader.vocabulary().values().keySet()) {
            TruthCounts sum = all.stream()
                    .map(description -> description.of(attribute).counts())
                    .reduce(TruthCounts.NONE, TruthCounts::plus);
            if (!sum.equals(TruthCounts.NONE)) {
                sums.put(attribute, sum);
            }
        }
        return sums;
    }
}
