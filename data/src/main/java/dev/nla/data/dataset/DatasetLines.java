package dev.nla.data.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.digest.Sha256;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.files.AtomicFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The lines of a dataset's rows as they stand in their files, to be read in order, and to be replaced all at once. */
public final class DatasetLines {
    private final Path file;
    private final Optional<ShardIndex> index;

    private DatasetLines(Path file, Optional<ShardIndex> index) {
        this.file = file;
        this.index = index;
    }

    /**
     * The lines of a file, which need not be of a dataset.
     *
     * @param file of a dataset {@code rows.jsonl} in its folder, also where it is in shards and there is no such file
     */
    public static DatasetLines of(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean shards = file.endsWith(RowsFile.NAME) && ShardIndex.isIn(folder);
        return new DatasetLines(file, shards ? Optional.of(ShardIndex.read(folder)) : Optional.empty());
    }

    /** Hands every line to {@code each}, in order. */
    public void forEach(Consumer<JsonLine> each) {
        files().forEach(it -> JsonLines.forEach(it, each));
    }

    /** Tells the lines apart from others. */
    public String sha256() {
        return index.map(ShardIndex::rowsSha256).orElseGet(() -> Sha256.of(file));
    }

    /**
     * Replaces every line by what is made of it, in order. The old lines are there until all new ones are. Shards are written under other
     * names, which count with the new index.
     *
     * @param change gives the object of the new line; it keeps the row's id
     */
    public void replace(UnaryOperator<ObjectNode> change) {
        if (index.isEmpty()) {
            replace(file, file, change);
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        ShardIndex before = index.get();
        ShardPlan plan = before.plan();
        for (int shard = 0; shard < plan.shards(); shard++) {
            Path target = folder.resolve(plan.rows(shard, before.version() + 1));
            replace(files().get(shard), target, change);
        }
        IndexMaker.withNewRows(folder, before).write(folder);
        IndexMaker.deleteOldRows(folder);
    }

    private static void replace(Path from, Path to, UnaryOperator<ObjectNode> change) {
        AtomicFiles.replace(to, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                JsonLines.forEach(from, line -> append(writer, change.apply(line.fields())));
            }
        });
    }

    private static void append(BufferedWriter writer, ObjectNode line) {
        try {
            JsonLines.append(writer, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() {
        Path folder = file.toAbsolutePath().getParent();
        return index.map(it ->
                        it.rowsFiles().stream().map(each -> each.in(folder)).toList())
                .orElse(List.of(file));
    }
}
