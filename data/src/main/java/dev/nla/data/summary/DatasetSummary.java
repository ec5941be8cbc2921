package dev.nla.data.summary;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.model.gap.CenteringMean;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A dataset at a glance.
 *
 * @param rows how many activations
 * @param documents how many documents they are from
 * @param dimension length of an activation
 * @param layer the block they are outputs of
 * @param baseModel the model they are from
 * @param splits rows by split; every split has an entry
 * @param categories rows by category and split, categories in alphabetical order; "" where a row has none
 * @param norms L2 norms of the activations
 * @param cosineToMean cosines of the activations to their mean: near 1 where raw cosines say little
 * @param descriptionLengths characters of the descriptions, of the rows that have one
 * @param duplicateTexts rows whose text an earlier row has too, at the same position
 * @param duplicateActivations rows whose activation an earlier row has too, bit for bit
 * @param leakingDocuments documents with rows in more than one split, in the order of the rows; empty in a sound dataset
 */
public record DatasetSummary(
        int rows,
        int documents,
        int dimension,
        int layer,
        String baseModel,
        Map<Split, Integer> splits,
        Map<String, Map<Split, Integer>> categories,
        Spread norms,
        Spread cosineToMean,
        Spread descriptionLengths,
        int duplicateTexts,
        int duplicateActivations,
        List<String> leakingDocuments) {
    /** Reads a dataset twice, row by row: once for the mean, once for everything else. */
    public static DatasetSummary of(ActivationDataset dataset) {
        List<Row> rows = dataset.rows();
        ActivationStatistics statistics = ActivationStatistics.of(dataset);
        return new DatasetSummary(
                rows.size(),
                (int) rows.stream().map(Row::docId).distinct().count(),
                dataset.dimension(),
                dataset.sidecar().layer(),
                dataset.sidecar().baseModel(),
                splits(rows),
                categories(rows),
                statistics.norms(),
                statistics.cosineToMean(),
                Spread.of(rows.stream()
                        .filter(row -> !row.description().isEmpty())
                        .mapToDouble(row -> row.description().length())
                        .toArray()),
                duplicateTexts(rows),
                statistics.duplicates(),
                leaking(rows));
    }

    /** What a user should know before centred cosines of a dataset are trusted: rows far from the others, a mean that rests on few. */
    public static List<String> warnings(ActivationDataset dataset) {
        int[] train = dataset.rowsOf(Split.TRAIN);
        CenteringMean all = dataset.centering(IntStream.range(0, dataset.size()).toArray());
        Optional<String> few =
                train.length == 0 ? Optional.empty() : dataset.centering(train).fewRows();
        return Stream.of(all.farRows(), few).flatMap(Optional::stream).toList();
    }

    private static Map<Split, Integer> splits(List<Row> rows) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, 0);
        }
        rows.forEach(row -> counts.merge(row.split(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    private static Map<String, Map<Split, Integer>> categories(List<Row> rows) {
        Map<String, Map<Split, Integer>> counts = new TreeMap<>();
        rows.forEach(row -> counts.computeIfAbsent(row.category(), category -> new EnumMap<>(Split.class))
                .merge(row.split(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    private static int duplicateTexts(List<Row> rows) {
        Set<String> seen = new HashSet<>();
        return (int) rows.stream()
                .filter(row -> !seen.add(row.position() + " " + row.text()))
                .count();
    }

    private static List<String> leaking(List<Row> rows) {
        Map<String, Split> first = new HashMap<>();
        Set<String> leaking = new LinkedHashSet<>();
        for (Row row : rows) {
            Split before = first.putIfAbsent(row.docId(), row.split());
            if (before != null && before != row.split()) {
                leaking.add(row.docId());
            }
        }
        return List.copyOf(leaking);
    }
}
