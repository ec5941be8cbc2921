package dev.nla.bulk.output;

import java.nio.file.Path;

/** A format of described activations. */
@FunctionalInterface
interface RowsWriter {
    /** Writes the file, whole or not at all. */
    void write(Path target, Rows rows);
}
