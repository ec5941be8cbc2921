package dev.nla.data.dataset;

import java.util.List;
import java.util.OptionalInt;

/** The rows of a dataset, in memory or on disk. Safe for use by several threads until they are closed. */
interface DatasetRows extends AutoCloseable {
    /** All of them, in order. */
    List<Row> all();

    /** The numbers of the rows of a split, ascending. */
    int[] of(Split split);

    /** The number of the row with this id. */
    OptionalInt find(String id);

    @Override
    void close();
}
