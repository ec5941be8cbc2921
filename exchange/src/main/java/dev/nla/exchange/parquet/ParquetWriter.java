package dev.nla.exchange.parquet;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes parquet files, compressed by zstd, with the Arrow schema that tells lists of fixed size from others. */
public final class ParquetWriter {
    /** Rows of a row group. */
    public static final int ROW_GROUP = 4096;

    private static final char BACKSLASH = '\\';

    private ParquetWriter() {}

    /**
     * Writes a file, replacing one that is there; it appears whole or not at all, once as many rows were read back from it as were written.
     * Rows wait in a database beside it meanwhile.
     *
     * @param target the file
     * @param columns in the order of the file
     * @param rows the values of each row in that order, none for a {@link ParquetColumn.Message}; asked for one at a time
     */
    public static void write(Path target, List<ParquetColumn> columns, Iterator<Object[]> rows) {
        Path folder = target.toAbsolutePath().normalize().getParent();
        requireNameable(target, folder);
        Path waiting = null;
        try {
            Files.createDirectories(folder);
            waiting = Files.createTempDirectory(folder, ".parquet-");
            try (Connection connection = DuckDb.inFile(waiting.resolve("rows.duckdb"))) {
                long count = fill(connection, columns, rows);
                AtomicFiles.replace(target, temporary -> {
                    copy(connection, columns, target, temporary);
                    requireRows(target, count(connection, target, DuckDb.source(temporary)), count);
                });
            }
        } catch (SQLException e) {
            throw cannotWrite(target, e);
        } catch (IOException e) {
            throw InputException.data(
                    e, "%s: cannot be written: %s: check the folder and the free space", target, FileFault.of(e));
        } finally {
            if (waiting != null) {
                AtomicFiles.deleteTree(waiting);
            }
        }
    }

    private static void requireNameable(Path target, Path folder) {
        if (File.separatorChar != BACKSLASH && folder.toString().indexOf(BACKSLASH) >= 0) {
            throw InputException.data(
                    "%s: the library that writes parquet files takes the \\ in a folder's name for the end of it: choose a folder without",
                    target);
        }
    }

    /** Has the rows wait, and tells how many they are. */
    private static long fill(Connection connection, List<ParquetColumn> columns, Iterator<Object[]> rows)
            throws SQLException {
        long count = 0;
        String types = columns.stream()
                .filter(column -> !(column instanceof ParquetColumn.Message))
                .map(column -> DuckDb.name(column.name()) + " " + sql(column))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE waiting (" + types + ")");
        }
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "waiting")) {
            while (rows.hasNext()) {
                appender.beginRow();
                for (Object value : rows.next()) {
                    append(appender, value);
                }
                appender.endRow();
                count++;
            }
            // Closing would do the same, but keep to itself what goes wrong.
            appender.flush();
        }
        return count;
    }

    private static long count(Connection connection, Path target, String source) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + source)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw cannotWrite(target, e);
        }
    }

    private static void requireRows(Path target, long found, long expected) {
        if (found != expected) {
            throw InputException.data(
                    "%s: cannot be written: %d of %d rows have arrived; check the folder and the free space",
                    target, found, expected);
        }
    }

    private static void append(DuckDBAppender appender, Object value) throws SQLException {
        if (value instanceof float[] vector) {
            appender.append(vector);
        } else if (value instanceof Long number) {
            appender.append(number);
        } else if (value instanceof Double number) {
            appender.append(number);
        } else if (value == null) {
            appender.appendNull();
        } else {
            appender.append((String) value);
        }
    }

    private static void copy(Connection connection, List<ParquetColumn> columns, Path target, Path file) {
        String select = columns.stream().map(ParquetWriter::selected).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + select + " FROM waiting) TO " + DuckDb.text(file.toString())
                    + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + ROW_GROUP + ", KV_METADATA {"
                    + DuckDb.text(ArrowSchema.KEY) + ": " + DuckDb.text(ArrowSchema.encode(columns)) + "})");
        } catch (SQLException e) {
            throw cannotWrite(target, e);
        }
    }

    private static String selected(ParquetColumn column) {
        return column instanceof ParquetColumn.Message message
                ? "[{'role': 'user', 'content': " + DuckDb.text(message.content()) + "}] AS "
                        + DuckDb.name(column.name())
                : DuckDb.name(column.name());
    }

    private static String sql(ParquetColumn column) {
        if (column instanceof ParquetColumn.Vector vector) {
            return "FLOAT[" + vector.length() + "]";
        }
        if (column instanceof ParquetColumn.Real) {
            return "DOUBLE";
        }
        return column instanceof ParquetColumn.Whole ? "BIGINT" : "VARCHAR";
    }

    private static InputException cannotWrite(Path target, SQLException e) {
        return InputException.data(
                e, "%s: cannot be written: %s; check the folder and the free space", target, DuckDb.reason(e));
    }
}
