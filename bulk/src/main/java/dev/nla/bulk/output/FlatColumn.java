package dev.nla.bulk.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The columns of a table with a line for each description. What a row or description lacks is missing there. */
enum FlatColumn {
    /** Of the activation. */
    ID(Kind.TEXT, (row, choice) -> row.path("id")),
    /** The text or document. */
    DOC_ID(Kind.TEXT, (row, choice) -> row.path("doc_id")),
    /** That wrote the description. */
    ADAPTER(Kind.TEXT, (row, choice) -> row.path("adapter")),
    /** The block. */
    LAYER(Kind.WHOLE, (row, choice) -> row.path("layer")),
    /** How the text is put before the model. */
    PROMPT(Kind.TEXT, (row, choice) -> row.path("prompt")),
    /** Which token. */
    POSITION(Kind.WHOLE, (row, choice) -> row.path("position")),
    /** What it adds to the text. */
    TOKEN(Kind.TEXT, (row, choice) -> row.path("token")),
    /** 1 for the best description. */
    CHOICE(Kind.WHOLE, (row, choice) -> IntNode.valueOf(choice + 1)),
    /** How many samples said the same. */
    COUNT(Kind.WHOLE, (row, choice) -> description(row, choice).path("count")),
    /** The words. */
    TEXT(Kind.TEXT, (row, choice) -> description(row, choice).path("text")),
    /** How it ended. */
    FINISH_REASON(Kind.TEXT, (row, choice) -> description(row, choice).path("finish_reason")),
    /** Why it cannot be used. */
    DEFECT(Kind.TEXT, (row, choice) -> description(row, choice).path("defect")),
    /** How near it comes. */
    COSINE(Kind.REAL, (row, choice) -> description(row, choice).path("cosine")),
    /** The same about the mean. */
    CENTERED_COSINE(Kind.REAL, (row, choice) -> description(row, choice).path("centered_cosine")),
    /** Claims with their probabilities. */
    CLAIMS(Kind.TEXT, (row, choice) -> claims(row)),
    /** What makes it less trustworthy. */
    WARNINGS(Kind.TEXT, (row, choice) -> warnings(row));

    /** What stands in a column. */
    enum Kind {
        TEXT,
        WHOLE,
        REAL
    }

    /** Finds a value of a row's description, counted from 0. */
    @FunctionalInterface
    private interface Value {
        JsonNode of(JsonNode row, int choice);
    }

    private final Kind kind;
    private final Value value;

    FlatColumn(Kind kind, Value value) {
        this.kind = kind;
        this.value = value;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        return kind;
    }

    /** The lines of a row, one a description, each with a value a column: {@link String}, {@link Long}, {@link Double} or null. */
    static List<Object[]> lines(JsonNode row) {
        return IntStream.range(0, row.path("descriptions").size())
                .mapToObj(choice -> Arrays.stream(values())
                        .map(column -> column.plain(column.value.of(row, choice)))
                        .toArray())
                .toList();
    }

    private static JsonNode description(JsonNode row, int choice) {
        return row.path("descriptions").path(choice);
    }

    private Object plain(JsonNode found) {
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        return switch (kind) {
            case TEXT -> found.asText();
            case WHOLE -> found.asLong();
            case REAL -> found.asDouble();
        };
    }

    private static JsonNode claims(JsonNode row) {
        return joined(
                row.path("claims"),
                claim -> String.format(
                        Locale.ROOT,
                        "%s: %s (%.2f)",
                        claim.path("slot").asText(),
                        claim.path("value").asText(),
                        claim.path("p").asDouble()));
    }

    private static JsonNode warnings(JsonNode row) {
        return joined(row.path("warnings"), JsonNode::asText);
    }

    private static JsonNode joined(JsonNode list, Function<JsonNode, String> text) {
        return list.isArray()
                ? TextNode.valueOf(StreamSupport.stream(list.spliterator(), false)
                        .map(text)
                        .collect(Collectors.joining("; ")))
                : list;
    }
}
