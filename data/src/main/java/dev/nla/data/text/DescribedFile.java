package dev.nla.data.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.dataset.DatasetLines;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        String sha256 = DatasetLines.of(file).sha256();
        List<TextRow> rows = TextFile.read(file);
        List<ObjectNode> lines = new ArrayList<>();
        if (PlainTexts.isNameOf(file)) {
            rows.forEach(row -> lines.add(
                    JsonNodeFactory.instance.objectNode().put("id", row.id()).put("text", row.text())));
        } else {
            DatasetLines.of(file).forEach(line -> lines.add(line.fields()));
        }
        return new DescribedFile(file, sha256, rows, List.copyOf(lines));
    }

    /**
     * Refuses a file that was written to since it was read: a run takes long, and what others wrote meanwhile is not written over.
     *
     * @param remedy what to do then
     */
    public void requireUnchanged(String remedy) {
        if (!DatasetLines.of(file).sha256().equals(sha256)) {
            throw InputException.data("%s: was changed while its texts were described: %s", file, remedy);
        }
    }

    /** Writes the rows that have a description, and no other: nothing can be learnt from those. */
    public void writeDescribed(Path target, Map<String, String> descriptions, String model) {
        write(
                target,
                IntStream.range(0, lines.size())
                        .filter(row -> descriptions.containsKey(rows.get(row).id()))
                        .mapToObj(row -> described(row, descriptions, model)));
    }

    /** Writes all rows, since activations belong to them; one without a description loses the one it had. */
    public void writeAll(Path target, Map<String, String> descriptions, String model) {
        writeAll(target, row -> described(row, descriptions, model));
    }

    /** Writes all rows, each with its new description, one a row and in their order; an empty one is left out. */
    public void writeAll(Path target, List<String> descriptions) {
        writeAll(target, row -> {
            ObjectNode copy = lines.get(row).deepCopy();
            copy.remove(DESCRIPTION);
            return descriptions.get(row).isEmpty() ? copy : copy.put(DESCRIPTION, descriptions.get(row));
        });
    }

    private void writeAll(Path target, IntFunction<ObjectNode> line) {
        if (target.equals(file)) {
            int[] next = {0};
            DatasetLines.of(file).replace(before -> line.apply(next[0]++));
        } else {
            write(target, IntStream.range(0, lines.size()).mapToObj(line));
        }
    }

    /**
     * Writes some of the rows, each with its new description, which may be empty.
     *
     * @param numbers of the rows, from 0
     * @param descriptions theirs, in the same order
     */
    public void writeSome(Path target, int[] numbers, List<String> descriptions) {
        write(target, IntStream.range(0, numbers.length).mapToObj(i -> lines.get(numbers[i])
                .deepCopy()
                .put(DESCRIPTION, descriptions.get(i))));
    }

    /**
     * Writes all rows, some of them with a new description; the others keep their own.
     *
     * @param numbers of those, from 0
     * @param descriptions theirs, in the same order
     */
    public void writeReplaced(Path target, int[] numbers, List<String> descriptions) {
        List<String> all =
                new ArrayList<>(rows.stream().map(TextRow::description).toList());
        for (int i = 0; i < numbers.length; i++) {
            all.set(numbers[i], descriptions.get(i));
        }
        writeAll(target, all);
    }

    private static void write(Path target, Stream<ObjectNode> lines) {
        AtomicFiles.replace(target, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                for (ObjectNode line : (Iterable<ObjectNode>) lines::iterator) {
                    JsonLines.append(writer, line);
                }
            }
        });
    }

    private ObjectNode described(int row, Map<String, String> descriptions, String model) {
        ObjectNode copy = lines.get(row).deepCopy();
        copy.remove(List.of(DESCRIPTION, DESCRIBED_BY));
        Optional.ofNullable(descriptions.get(rows.get(row).id()))
                .ifPresent(text -> copy.put(DESCRIPTION, text).put(DESCRIBED_BY, model));
        return copy;
    }
}
