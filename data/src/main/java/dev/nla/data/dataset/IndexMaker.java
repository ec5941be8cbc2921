package dev.nla.data.dataset;

import dev.nla.data.dataset.index.Shard;
import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.dataset.index.StoredFile;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.gap.CenteringMean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes indexes of shards that lie in their folder already: reads their rows into a table, and takes the mean of the train rows. */
final class IndexMaker {
    private final Path folder;
    private final ShardPlan plan;
    private final int dimension;
    private final int version;

    private IndexMaker(Path folder, ShardPlan plan, int dimension, int version) {
        this.folder = folder;
        this.plan = plan;
        this.dimension = dimension;
        this.version = version;
    }

    /** The index of shards that were just written; every file is read. */
    static ShardIndex of(Path folder, ShardPlan plan, int dimension) {
        IndexMaker maker = new IndexMaker(folder, plan, dimension, 1);
        RowTable table = maker.table();
        ShardIndex index =
                maker.index(shard -> StoredFile.of(folder.resolve(plan.activations(shard))), Optional.empty());
        return maker.withMean(index, table);
    }

    /** The index after the next version of all rows was written; activations are read only where other rows are train rows now. */
    static ShardIndex withNewRows(Path folder, ShardIndex before) {
        IndexMaker maker = new IndexMaker(folder, before.plan(), before.dimension(), before.version() + 1);
        RowTable table = maker.table();
        ShardIndex index = maker.index(shard -> before.shards().get(shard).activations(), before.mean());
        boolean same = table.sameSplits(RowTable.read(before.table().verified(folder), before.rows()));
        return same ? index : maker.withMean(index, table);
    }

    /** Deletes files of rows that the folder's index does not name: those of another version. */
    static void deleteOldRows(Path folder) {
        List<String> named =
                ShardIndex.read(folder).files().stream().map(StoredFile::name).toList();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> ShardPlan.isOfRows(file.getFileName().toString()))
                    .filter(file -> !named.contains(file.getFileName().toString()))
                    .toList()
                    .forEach(AtomicFiles::deleteTree);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", folder, FileFault.of(e));
        }
    }

    private RowTable table() {
        RowTable table = RowTable.scan(
                IntStream.range(0, plan.shards())
                        .mapToObj(shard -> folder.resolve(plan.rows(shard, version)))
                        .toList(),
                plan.rows());
        table.write(folder.resolve(plan.table(version)));
        return table;
    }

    private ShardIndex index(IntFunction<StoredFile> activations, Optional<CenteringMean> mean) {
        List<Shard> shards = IntStream.range(0, plan.shards())
                .mapToObj(shard -> new Shard(
                        plan.firstRow(shard),
                        plan.rowCount(shard),
                        activations.apply(shard),
                        StoredFile.of(folder.resolve(plan.rows(shard, version)))))
                .toList();
        return new ShardIndex(dimension, version, StoredFile.of(folder.resolve(plan.table(version))), mean, shards);
    }

    private ShardIndex withMean(ShardIndex index, RowTable table) {
        int[] train = table.rowsOf(Split.TRAIN);
        try (VectorFiles vectors = VectorFiles.open(folder, index)) {
            Optional<CenteringMean> mean = train.length == 0
                    ? Optional.empty()
                    : Optional.of(CenteringMean.of(train.length, i -> vectors.activation(train[i], dimension)));
            return new ShardIndex(dimension, version, index.table(), mean, index.shards());
        }
    }
}
