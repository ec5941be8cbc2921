package dev.nla.exchange.parquet;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A cursor over the rows of a file, before the first one to begin with. */
public final class ParquetRows implements AutoCloseable {
    private final Path path;
    private final List<String> columns;
    private final Statement statement;
    private final ResultSet results;
    private long number;

    ParquetRows(Path path, List<String> columns, Statement statement, ResultSet results) {
        this.path = path;
        this.columns = columns;
        this.statement = statement;
        this.results = results;
    }

    /** Goes to the next row; false where there is none. */
    public boolean next() {
        try {
            number++;
            return results.next();
        } catch (SQLException e) {
            throw ParquetFile.unreadable(path, e);
        }
    }

    /** The number of this row, counted from 1. */
    public long number() {
        return number;
    }

    /** The text in this row, which must not be null. */
    public String text(String column) {
        return (String) value(column);
    }

    /** The whole number in this row, which must not be null. */
    public long integer(String column) {
        return ((Number) value(column)).longValue();
    }

    /**
     * The vector in this row.
     *
     * @param length how many numbers it must have
     * @param source what says so, for the message
     * @throws InputException where it has more or fewer, or one is null, NaN or infinite
     */
    public float[] vector(String column, int length, String source) {
        Object[] values;
        try {
            values = (Object[]) ((java.sql.Array) value(column)).getArray();
        } catch (SQLException e) {
            throw ParquetFile.unreadable(path, e);
        }
        if (values.length != length) {
            throw error("column '%s' has %d numbers but %s says %d", column, values.length, source, length);
        }
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            if (!(values[i] instanceof Number number) || !Float.isFinite(number.floatValue())) {
                throw error(
                        "column '%s' holds %s at element %d: leave the row out or extract it again",
                        column, values[i], i);
            }
            vector[i] = number.floatValue();
        }
        return vector;
    }

    /** A complaint about this row, which begins with file and number, counted from 1. */
    public InputException error(String format, Object... arguments) {
        return InputException.data("%s: row %d: %s", path, number, String.format(format, arguments));
    }

    private Object value(String column) {
        Object value;
        try {
            value = results.getObject(columns.indexOf(column) + 1);
        } catch (SQLException e) {
            throw ParquetFile.unreadable(path, e);
        }
        if (value == null) {
            throw error("column '%s' is null: fill it or leave the row out", column);
        }
        return value;
    }

    @Override
    public void close() {
        try {
            results.close();
            statement.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
