package dev.nla.data.summary;

import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.digest.Sha256;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** What is counted of rows, looked at one by one; texts are told apart by their hashes. */
final class RowCounts {
    private final Map<Split, Integer> splits = new EnumMap<>(Split.class);
    private final Map<String, Map<Split, Integer>> categories = new TreeMap<>();
    private final DoubleStream.Builder lengths = DoubleStream.builder();
    private final Set<String> texts = new HashSet<>();
    private final Map<String, Split> documents = new HashMap<>();
    private final Set<String> leaking = new LinkedHashSet<>();
    private int rows;

    RowCounts() {
        for (Split split : Split.values()) {
            splits.put(split, 0);
        }
    }

    void take(Row row) {
        rows++;
        splits.merge(row.split(), 1, Integer::sum);
        categories
                .computeIfAbsent(row.category(), category -> new EnumMap<>(Split.class))
                .merge(row.split(), 1, Integer::sum);
        if (!row.description().isEmpty()) {
            lengths.add(row.description().length());
        }
        texts.add(Sha256.ofTexts(List.of(String.valueOf(row.position()), row.text())));
        Split before = documents.putIfAbsent(row.docId(), row.split());
        if (before != null && before != row.split()) {
            leaking.add(row.docId());
        }
    }

    Map<Split, Integer> splits() {
        return Collections.unmodifiableMap(splits);
    }

    Map<String, Map<Split, Integer>> categories() {
        return Collections.unmodifiableMap(categories);
    }

    Spread descriptionLengths() {
        return Spread.of(lengths.build().toArray());
    }

    int documents() {
        return documents.size();
    }

    int duplicateTexts() {
        return rows - texts.size();
    }

    List<String> leakingDocuments() {
        return List.copyOf(leaking);
    }
}
