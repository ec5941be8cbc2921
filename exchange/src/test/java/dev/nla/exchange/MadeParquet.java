package dev.nla.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Parquet files with kitft's columns and sidecar, right or wrong: rows are what a line of SQL gives. */
record MadeParquet(Path folder, String stage, int rows, int width) {
    /** Three rows of width 2 without anything wrong; variable-size lists. */
    static final String GOOD = "SELECT 'doc' || i AS doc_id, 10 + i AS n_raw_tokens, 3 AS activation_layer,"
            + " 'text ' || i AS detokenized_text_truncated, [i, 0.5]::FLOAT[] AS activation_vector FROM range(3) t(i)";

    static MadeParquet base(Path folder) {
        return new MadeParquet(folder, "base", 3, 2);
    }

    /** Writes both files and returns the parquet file. */
    Path write(String name, String sql) {
        Path file = folder.resolve(name);
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + sql + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet)");
            Files.writeString(folder.resolve(name + ".nla_meta.yaml"), sidecar());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** One column of the good file replaced. */
    Path write(String name, String column, String expression) {
        return write(name, "SELECT * REPLACE (" + expression + " AS " + column + ") FROM (" + GOOD + ")");
    }

    private String sidecar() {
        return """
                dataset_id: made
                stage: %s
                row_count: %d
                extraction: {base_model: tiny, d_model: %d, layer_index: 3, norm: none, corpus: c, corpus_slice: {start: 0, length: 3}, positions_per_doc: 4}
                kind: nla_dataset
                schema_version: 1
                prompt_templates: {critic: "Read <text>{explanation}</text> now"}
                """.formatted(stage, rows, width);
    }
}
