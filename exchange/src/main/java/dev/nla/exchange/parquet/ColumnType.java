package dev.nla.exchange.parquet;

import java.util.Set;

/** What a column can hold. */
public enum ColumnType {
    /** Texts. */
    TEXT("VARCHAR", "text", Set.of("VARCHAR")),
    /** Whole numbers of up to 64 bits. */
    INTEGER(
            "BIGINT",
            "whole numbers",
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")),
    /** Lists of floating-point numbers, of fixed or variable size; read as float32. */
    VECTOR("FLOAT[]", "lists of float32", Set.of("FLOAT[]", "DOUBLE[]"));

    private final String sql;
    private final String expected;
    private final Set<String> readable;

    ColumnType(String sql, String expected, Set<String> readable) {
        this.sql = sql;
        this.expected = expected;
        this.readable = readable;
    }

    String sql() {
        return sql;
    }

    String expected() {
        return expected;
    }

    /** Whether values of this type of DuckDB's are of this one; its arrays have a length between the brackets. */
    boolean reads(String type) {
        return readable.contains(type.replaceFirst("\\[\\d+]$", "[]"));
    }
}
