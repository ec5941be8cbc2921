package dev.nla.eval.suite;

import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.eval.truth.Fact;
import dev.nla.model.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a finished suite and what was written for it: one line of {@code descriptions.jsonl} or, where a row has several
 * descriptions, several. What is not known is empty.
 *
 * @param id unique in the suite
 * @param text what the model had read
 * @param trueDescription the row's own
 * @param category the coarse kind of text
 * @param group the fine kind
 * @param facts what is true of the text
 * @param descriptions at least one
 */
public record DescribedRow(
        String id,
        String text,
        String trueDescription,
        String category,
        String group,
        List<Fact> facts,
        List<String> descriptions) {
    /** The file's name. */
    public static final String NAME = "descriptions.jsonl";

    /** Copies the lists. */
    public DescribedRow {
        facts = List.copyOf(facts);
        descriptions = List.copyOf(descriptions);
    }

    /**
     * The rows of a suite's folder, in the order of the file.
     *
     * @throws InputException where there is none, or a line is not one of these
     */
    static List<DescribedRow> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw InputException.data("%s: there is no such file; give a folder made by nla eval suite", file);
        }
        Map<String, DescribedRow> rows = new LinkedHashMap<>();
        JsonLines.forEach(file, line -> {
            DescribedRow row = of(line);
            rows.merge(row.id, row, DescribedRow::with);
        });
        return List.copyOf(rows.values());
    }

    private static DescribedRow of(JsonLine line) {
        return new DescribedRow(
                line.requiredText("id"),
                line.optionalText("text").orElse(""),
                line.optionalText("true_description").orElse(""),
                line.optionalText("category").orElse(""),
                line.optionalText("group").orElse(""),
                Fact.of(line.object("facts")),
                List.of(line.optionalText("description")
                        .orElseThrow(() -> line.wrong("description", "a text: run nla eval suite again"))));
    }

    private DescribedRow with(DescribedRow more) {
        List<String> all = new ArrayList<>(descriptions);
        all.addAll(more.descriptions);
        return new DescribedRow(id, text, trueDescription, category, group, facts, all);
    }
}
