package dev.nla.data.dataset;

import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.data.jsonl.LinesAt;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.RandomAccess;

/** The rows of a dataset in shards: each is read from its shard when it is asked for. */
final class StoredRows extends AbstractList<Row> implements DatasetRows, RandomAccess {
    private final RowTable table;
    private final int shardRows;
    private final List<LinesAt> shards;

    private StoredRows(RowTable table, int shardRows, List<LinesAt> shards) {
        this.table = table;
        this.shardRows = shardRows;
        this.shards = shards;
    }

    /** Opens every shard's rows and reads their table. */
    static StoredRows open(Path folder, ShardIndex index) {
        RowTable table = RowTable.read(index.table().verified(folder), index.rows());
        StoredRows rows = new StoredRows(table, index.plan().shardRows(), new ArrayList<>());
        try {
            index.rowsFiles().forEach(file -> rows.shards.add(LinesAt.open(file.in(folder))));
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
        return rows;
    }

    @Override
    public Row get(int row) {
        int shard = row / shardRows;
        return RowsFile.row(shards.get(shard).at(table.begins()[row], row % shardRows + 1));
    }

    @Override
    public int size() {
        return table.begins().length;
    }

    @Override
    public List<Row> all() {
        return this;
    }

    @Override
    public int[] of(Split split) {
        return table.rowsOf(split);
    }

    @Override
    public OptionalInt find(String id) {
        return table.find(id, row -> get(row).id().equals(id));
    }

    @Override
    public void close() {
        shards.forEach(LinesAt::close);
    }
}
