package dev.nla.data.dataset.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.Document;
import dev.nla.model.gap.CenteringMean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The index of a dataset in shards as JSON. */
final class IndexJson {
    private static final int FORMAT = 2;

    private IndexJson() {}

    static String text(ShardIndex index) {
        ObjectNode tree = new ObjectMapper().createObjectNode();
        tree.putObject("metadata")
                .put("format", FORMAT)
                .put("rows", index.rows())
                .put("d_model", index.dimension())
                .put("rows_version", index.version())
                .put("total_size", (long) index.rows() * index.dimension() * Float.BYTES);
        put(tree.putObject("rows_table"), index.table());
        index.mean().ifPresent(mean -> put(tree.putObject("train_mean"), mean));
        for (Shard shard : index.shards()) {
            ObjectNode entry = tree.withArray("shards").addObject();
            entry.put("first_row", shard.firstRow()).put("row_count", shard.rowCount());
            put(entry.putObject("activations"), shard.activations());
            put(entry.putObject("rows"), shard.rows());
        }
        return tree.toPrettyString() + "\n";
    }

    private static void put(ObjectNode entry, StoredFile stored) {
        entry.put("file", stored.name()).put("bytes", stored.bytes()).put("sha256", stored.sha256());
    }

    private static void put(ObjectNode entry, CenteringMean mean) {
        entry.put("rows", mean.rows()).put("left_out", mean.leftOut());
        entry.put("median_norm", mean.medianNorm()).put("largest_norm", mean.largestNorm());
        entry.put("effective_rows", mean.effectiveRows());
        for (float value : mean.vector()) {
            entry.withArray("vector").add((double) value);
        }
    }

    static ShardIndex read(Path file) {
        IndexEntry tree = new IndexEntry(file, "", Document.json(file).tree());
        IndexEntry metadata = tree.entry("metadata");
        int format = metadata.whole("format", 1);
        if (format != FORMAT) {
            throw metadata.refused("format", "is " + format + ": expected " + FORMAT + ", read it with a newer nla");
        }
        int dimension = metadata.whole("d_model", 1);
        return new ShardIndex(
                dimension,
                metadata.whole("rows_version", 1),
                tree.stored("rows_table"),
                tree.has("train_mean") ? Optional.of(mean(tree.entry("train_mean"), dimension)) : Optional.empty(),
                shards(tree, metadata.whole("rows", 1)));
    }

    /** Shards of equal length but the last, which may be shorter: so a row is found by dividing. */
    private static List<Shard> shards(IndexEntry tree, int rows) {
        List<IndexEntry> entries = tree.entries("shards");
        List<Shard> shards = new ArrayList<>();
        int next = 0;
        for (IndexEntry entry : entries) {
            int count = entry.whole("row_count", 1);
            int full = shards.isEmpty() ? count : shards.get(0).rowCount();
            boolean last = shards.size() == entries.size() - 1;
            if (last ? count > full : count != full) {
                throw entry.refused("row_count", "is " + count + ": expected " + full + ", as the first shard has");
            }
            int first = entry.whole("first_row", 0);
            if (first != next) {
                throw entry.refused(
                        "first_row", "is " + first + ": expected " + next + ", where the shard before ends");
            }
            shards.add(new Shard(first, count, entry.stored("activations"), entry.stored("rows")));
            next = first + count;
        }
        if (next != rows) {
            throw tree.refused("shards", "hold " + next + " rows: expected " + rows + ", as metadata.rows says");
        }
        return shards;
    }

    private static CenteringMean mean(IndexEntry entry, int dimension) {
        return new CenteringMean(
                entry.floats("vector", dimension),
                entry.whole("rows", 1),
                entry.whole("left_out", 0),
                entry.number("median_norm"),
                entry.number("largest_norm"),
                entry.number("effective_rows"));
    }
}
