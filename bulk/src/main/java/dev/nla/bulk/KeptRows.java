package dev.nla.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.bulk.output.Rows;
import dev.nla.data.jsonl.JsonLines;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The rows that a run has kept.
 *
 * @param file what they depend on in the first line, then a block a line
 */
record KeptRows(Path file) implements Rows {
    @Override
    public void forEach(Consumer<JsonNode> each) {
        JsonLines.forEach(file, line -> line.fields().path("rows").forEach(each));
    }
}
