package dev.nla.data.split;

import dev.nla.data.dataset.Split;
import dev.nla.data.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits rows by document. Documents are put in the order of a hash of seed and document id, and cut at the ratios of the <em>rows</em>
 * they hold. So the result does not depend on the order of the rows, and all rows of a document stand together.
 *
 * @param seed another seed gives another order of documents
 * @param ratios shares of the rows, met as nearly as whole documents allow
 */
public record DocumentSplit(long seed, SplitRatios ratios) {
    /** The sidecar's key for how splits were drawn. */
    public static final String SIDECAR_KEY = "split";

    /** Seed and ratios as the sidecar keeps them under {@link #SIDECAR_KEY}. */
    public Map<String, Object> description() {
        Map<String, Object> shares = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            shares.put(split.label(), ratios.of(split));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("by", "document");
        description.put("seed", seed);
        description.put("ratios", shares);
        return description;
    }

    /**
     * The split of every row.
     *
     * @param documents document id of every row
     * @return as many splits, in the same order; a split with a share above 0 is empty only if there are fewer documents than such splits
     */
    public List<Split> assign(List<String> documents) {
        Map<String, Integer> rows = new HashMap<>();
        documents.forEach(document -> rows.merge(document, 1, Integer::sum));
        List<String> shuffled = shuffled(rows);
        List<Split> cut = cut(shuffled, rows, documents.size());
        fillEmpty(cut);
        Map<String, Split> splits = new HashMap<>();
        for (int i = 0; i < cut.size(); i++) {
            splits.put(shuffled.get(i), cut.get(i));
        }
        return documents.stream().map(splits::get).toList();
    }

    private List<String> shuffled(Map<String, Integer> rows) {
        Map<String, Long> keys = new HashMap<>();
        MessageDigest digest = Sha256.digest();
        rows.keySet().forEach(document -> keys.put(document, key(digest, document)));
        List<String> documents = new ArrayList<>(rows.keySet());
        documents.sort(Comparator.<String, Long>comparing(keys::get).thenComparing(Comparator.naturalOrder()));
        return documents;
    }

    /** A document goes where its middle row falls. */
    private List<Split> cut(List<String> documents, Map<String, Integer> rows, int total) {
        List<Split> splits = new ArrayList<>();
        long before = 0;
        for (String document : documents) {
            int size = rows.get(document);
            splits.add(ratios.at((before + size / 2.0) / total));
            before += size;
        }
        return splits;
    }

    /** Small datasets: a split that should have rows but got none takes a document of the split with the most. */
    private void fillEmpty(List<Split> splits) {
        for (Split wanted : Split.values()) {
            Map<Split, Integer> documents = count(splits);
            Split largest = documents.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse(wanted);
            boolean spare = documents.getOrDefault(largest, 0) > 1;
            if (ratios.of(wanted) > 0 && !documents.containsKey(wanted) && spare) {
                splits.set(splits.lastIndexOf(largest), wanted);
            }
        }
    }

    private static Map<Split, Integer> count(List<Split> splits) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        splits.forEach(split -> counts.merge(split, 1, Integer::sum));
        return counts;
    }

    private long key(MessageDigest digest, String document) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
        return ByteBuffer.wrap(digest.digest(document.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
