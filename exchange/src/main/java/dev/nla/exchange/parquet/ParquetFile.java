package dev.nla.exchange.parquet;

import dev.nla.model.InputException;
import dev.nla.model.KeyedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A parquet file, read column by column or row by row in the order of the file. */
public final class ParquetFile implements AutoCloseable {
    private final Path path;
    private final Connection connection;
    private final Map<String, String> columns;
    private final long rows;

    private ParquetFile(Path path, Connection connection) throws SQLException {
        this.path = path;
        this.connection = connection;
        Map<String, String> found = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + DuckDb.source(path))) {
                while (result.next()) {
                    found.put(result.getString("column_name"), result.getString("column_type"));
                }
            }
            try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + DuckDb.source(path))) {
                result.next();
                rows = result.getLong(1);
            }
        }
        columns = Collections.unmodifiableMap(found);
    }

    /**
     * Opens a file and reads what columns it has.
     *
     * @throws InputException where there is none, or it is not a whole parquet file
     */
    public static ParquetFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw InputException.data("%s: there is no such file", path);
        }
        Connection connection = null;
        try {
            connection = DuckDb.inMemory();
            return new ParquetFile(path, connection);
        } catch (SQLException e) {
            close(connection);
            throw unreadable(path, e);
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** How many rows it has. */
    public long rows() {
        return rows;
    }

    /** The names of its columns. */
    public Set<String> columns() {
        return columns.keySet();
    }

    /**
     * Refuses a file that lacks a column, or has other values in it.
     *
     * @param remedy what to do where the column is missing
     */
    public void require(String column, ColumnType type, KeyedText remedy) {
        if (!columns.containsKey(column)) {
            throw InputException.data(
                    "%s: column '%s' is missing; it has %s: %s",
                    path, column, String.join(", ", columns.keySet()), remedy);
        }
        if (!type.reads(columns.get(column))) {
            throw InputException.data(
                    "%s: column '%s' holds %s where %s was expected: write it again with that type",
                    path, column, columns.get(column), type.expected());
        }
    }

    /**
     * The values of some columns, row after row; the caller closes it before it asks for others.
     *
     * @param wanted names and types of columns that are there
     */
    public ParquetRows read(Map<String, ColumnType> wanted) {
        List<String> names = List.copyOf(wanted.keySet());
        String select = wanted.entrySet().stream()
                .map(column ->
                        DuckDb.name(column.getKey()) + "::" + column.getValue().sql())
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + DuckDb.source(path)));
        try {
            Statement statement = connection.createStatement();
            return new ParquetRows(path, names, statement, statement.executeQuery(select));
        } catch (SQLException e) {
            throw unreadable(path, e);
        }
    }

    static InputException unreadable(Path path, SQLException e) {
        return InputException.data(
                e, "%s: is not a whole parquet file: %s; copy or write it again", path, DuckDb.reason(e));
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(connection);
    }
}
