package dev.nla.data.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.files.AtomicFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a file of texts, or of a dataset, and the same with other descriptions: everything else of a line stays as it was, save that a
 * teacher's descriptions bring the model they are from as {@code described_by}.
 *
 * @param rows what is to be described
 * @param lines the objects as they were read, in the same order
 */
public record DescribedFile(List<TextRow> rows, List<ObjectNode> lines) {
    private static final String DESCRIPTION = "description";
    private static final String DESCRIBED_BY = "described_by";

    /** Reads a file; see {@link TextFile} for what is refused. */
    public static DescribedFile read(Path file) {
        List<TextRow> rows = TextFile.read(file);
        List<ObjectNode> lines = new ArrayList<>();
        if (PlainTexts.isNameOf(file)) {
            rows.forEach(row -> lines.add(
                    JsonNodeFactory.instance.objectNode().put("id", row.id()).put("text", row.text())));
        } else {
            JsonLines.forEach(file, line -> lines.add(line.fields()));
        }
        return new DescribedFile(rows, List.copyOf(lines));
    }

    /** Writes the rows that have a description, and no other: nothing can be learnt from those. */
    public void writeDescribed(Path file, Map<String, String> descriptions, String model) {
        write(file, descriptions, model, false);
    }

    /** Writes all rows, since activations belong to them; one without a description loses the one it had. */
    public void writeAll(Path file, Map<String, String> descriptions, String model) {
        write(file, descriptions, model, true);
    }

    /** Writes all rows, each with its new description, one a row and in their order; an empty one is left out. */
    public void writeAll(Path file, List<String> descriptions) {
        write(file, writer -> {
            for (int i = 0; i < lines.size(); i++) {
                ObjectNode copy = lines.get(i).deepCopy();
                copy.remove(DESCRIPTION);
                JsonLines.append(
                        writer, descriptions.get(i).isEmpty() ? copy : copy.put(DESCRIPTION, descriptions.get(i)));
            }
        });
    }

    /**
     * Writes some of the rows, each with its new description, which may be empty.
     *
     * @param numbers of the rows, from 0
     * @param descriptions theirs, in the same order
     */
    public void writeSome(Path file, int[] numbers, List<String> descriptions) {
        write(file, writer -> {
            for (int i = 0; i < numbers.length; i++) {
                JsonLines.append(writer, lines.get(numbers[i]).deepCopy().put(DESCRIPTION, descriptions.get(i)));
            }
        });
    }

    private void write(Path file, Map<String, String> descriptions, String model, boolean all) {
        write(file, writer -> {
            for (int i = 0; i < rows.size(); i++) {
                Optional<String> description =
                        Optional.ofNullable(descriptions.get(rows.get(i).id()));
                if (all || description.isPresent()) {
                    JsonLines.append(writer, described(lines.get(i), description, model));
                }
            }
        });
    }

    /** What writes the lines. */
    private interface Lines {
        void writeTo(BufferedWriter writer) throws IOException;
    }

    private static void write(Path file, Lines lines) {
        AtomicFiles.replace(file, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                lines.writeTo(writer);
            }
        });
    }

    private static ObjectNode described(ObjectNode line, Optional<String> description, String model) {
        ObjectNode copy = line.deepCopy();
        copy.remove(List.of(DESCRIPTION, DESCRIBED_BY));
        description.ifPresent(text -> copy.put(DESCRIPTION, text).put(DESCRIBED_BY, model));
        return copy;
    }
}
