package dev.nla.data.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.digest.Sha256;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
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
 * @param file where they were read
 * @param sha256 of the file before it was read
 * @param rows what is to be described
 * @param lines the objects as they were read, in the same order
 */
public record DescribedFile(Path file, String sha256, List<TextRow> rows, List<ObjectNode> lines) {
    private static final String DESCRIPTION = "description";
    private static final String DESCRIBED_BY = "described_by";

    /** Reads a file; see {@link TextFile} for what is refused. */
    public static DescribedFile read(Path file) {
        String sha256 = Sha256.of(file);
        List<TextRow> rows = TextFile.read(file);
        List<ObjectNode> lines = new ArrayList<>();
        if (PlainTexts.isNameOf(file)) {
            rows.forEach(row -> lines.add(
                    JsonNodeFactory.instance.objectNode().put("id", row.id()).put("text", row.text())));
        } else {
            JsonLines.forEach(file, line -> lines.add(line.fields()));
        }
        return new DescribedFile(file, sha256, rows, List.copyOf(lines));
    }

    /**
     * Refuses a file that was written to since it was read: a run takes long, and what others wrote meanwhile is not written over.
     *
     * @param remedy what to do then
     */
    public void requireUnchanged(String remedy) {
        if (!Sha256.of(file).equals(sha256)) {
            throw InputException.data("%s: was changed while its texts were described: %s", file, remedy);
        }
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

    /**
     * Writes all rows, some of them with a new description; the others keep their own.
     *
     * @param numbers of those, from 0
     * @param descriptions theirs, in the same order
     */
    public void writeReplaced(Path file, int[] numbers, List<String> descriptions) {
        List<String> all =
                new ArrayList<>(rows.stream().map(TextRow::description).toList());
        for (int i = 0; i < numbers.length; i++) {
            all.set(numbers[i], descriptions.get(i));
        }
        writeAll(file, all);
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
