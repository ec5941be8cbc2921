package dev.nla.bulk.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.files.AtomicFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An object a line. */
final class JsonLinesFile implements RowsWriter {
    @Override
    public void write(Path target, Rows rows) {
        AtomicFiles.replace(target, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                rows.forEach(row -> {
                    try {
                        JsonLines.append(writer, (ObjectNode) row);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }
}
