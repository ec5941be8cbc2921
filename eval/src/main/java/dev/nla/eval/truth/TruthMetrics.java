package dev.nla.eval.truth;

import dev.nla.data.dataset.Row;
import dev.nla.eval.stats.DocumentBootstrap;
import dev.nla.eval.stats.DocumentDraws;
import dev.nla.eval.stats.Documents;
import dev.nla.eval.stats.Estimate;
import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Measures how true descriptions are to the facts of their rows. Every description is read by itself, and the counts of a row's
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
        if (rows.size() != descriptions.size()) {
            throw InputException.data("%d rows but descriptions of %d", rows.size(), descriptions.size());
        }
        List<List<MarkedDescription>> marked = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<Fact> facts = Fact.of(rows.get(i).facts());
            if (!facts.isEmpty()) {
                documents.add(rows.get(i).docId());
                marked.add(descriptions.get(i).stream()
                        .map(text -> reader.read(facts, text))
                        .toList());
            }
        }
        return marked.isEmpty()
                ? Optional.empty()
                : Optional.of(report(marked, bootstrap.of(Documents.of(documents)), rows.size() - marked.size()));
    }

    private TruthReport report(List<List<MarkedDescription>> marked, DocumentDraws draws, int textsWithoutFacts) {
        List<TruthCounts> texts = marked.stream()
                .map(row -> row.stream().map(MarkedDescription::counts).reduce(TruthCounts.NONE, TruthCounts::plus))
                .toList();
        List<MarkedDescription> all = marked.stream().flatMap(List::stream).toList();
        return new TruthReport(
                marked.size(),
                textsWithoutFacts,
                texts.stream().reduce(TruthCounts.NONE, TruthCounts::plus),
                share("recall", texts, TruthCounts::right, TruthCounts::facts, draws),
                share("precision", texts, TruthCounts::right, TruthCounts::claims, draws),
                share("invention", texts, TruthCounts::invented, TruthCounts::claims, draws),
                share("wrong", texts, TruthCounts::wrong, TruthCounts::claims, draws),
                all.stream()
                        .mapToInt(description -> Word.in(description.text()).size())
                        .average()
                        .orElse(Double.NaN),
                byAttribute(all));
    }

    private static Estimate share(
            String name,
            List<TruthCounts> texts,
            ToDoubleFunction<TruthCounts> part,
            ToDoubleFunction<TruthCounts> whole,
            DocumentDraws draws) {
        return draws.ratio(
                name,
                texts.stream().mapToDouble(part).toArray(),
                texts.stream().mapToDouble(whole).toArray());
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
