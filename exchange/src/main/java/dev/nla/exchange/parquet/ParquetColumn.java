package dev.nla.exchange.parquet;

/** A column to be written. */
public sealed interface ParquetColumn {
    /** Its name. */
    String name();

    /** Texts, a {@link String} a row, or null. */
    record Text(String name) implements ParquetColumn {}

    /** Whole numbers, a {@link Long} a row, or null. */
    record Whole(String name) implements ParquetColumn {}

    /** Real numbers, a {@link Double} a row, or null. */
    record Real(String name) implements ParquetColumn {}

    /**
     * Vectors of one length, a {@code float[]} a row; readers of Arrow see a list of fixed size.
     *
     * @param length numbers in each
     */
    record Vector(String name, int length) implements ParquetColumn {}

    /**
     * A conversation of one user's message, the same in every row, which gives no value for it: a list of {@code {role, content}}.
     *
     * @param content what the user says
     */
    record Message(String name, String content) implements ParquetColumn {}
}
