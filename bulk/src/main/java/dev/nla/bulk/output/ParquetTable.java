package dev.nla.bulk.output;

import dev.nla.exchange.parquet.ParquetColumn;
import dev.nla.exchange.parquet.ParquetWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A parquet file. */
final class ParquetTable implements RowsWriter {
    @Override
    public void write(Path target, Rows rows) {
        List<Object[]> lines = new ArrayList<>();
        rows.forEach(row -> lines.addAll(FlatColumn.lines(row)));
        ParquetWriter.write(
                target,
                Arrays.stream(FlatColumn.values()).map(ParquetTable::column).toList(),
                lines.iterator());
    }

    private static ParquetColumn column(FlatColumn column) {
        return switch (column.kind()) {
            case TEXT -> new ParquetColumn.Text(column.label());
            case WHOLE -> new ParquetColumn.Whole(column.label());
            case REAL -> new ParquetColumn.Real(column.label());
        };
    }
}
