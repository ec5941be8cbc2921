package dev.nla.eval.describe;

import dev.nla.data.dataset.Row;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.verbalizer.Description;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Written descriptions as JSON lines beside what the dataset knows of their row: text, true description, kind and facts. */
public final class DescriptionLines {
    private DescriptionLines() {}

    /**
     * Each row's best description, where it could be parsed.
     *
     * @param rows N of them
     * @param descriptions of each, [N][G]
     * @param best which of each row's, [N]
     */
    public static void writeBest(Path file, List<Row> rows, List<List<Description>> descriptions, int[] best) {
        List<Row> usable = new ArrayList<>();
        List<List<Description>> chosen = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Description description = descriptions.get(i).get(best[i]);
            if (description.parsed()) {
                usable.add(rows.get(i));
                chosen.add(List.of(description));
            }
        }
        write(file, usable, chosen);
    }

    /** Each row's descriptions, [N][G]. */
    public static void write(Path file, List<Row> rows, List<List<Description>> descriptions) {
        AtomicFiles.replace(file, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                for (int i = 0; i < rows.size(); i++) {
                    for (Description description : descriptions.get(i)) {
                        write(writer, rows.get(i), description);
                    }
                }
            }
        });
    }

    private static void write(BufferedWriter writer, Row row, Description description) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", row.id());
        line.put("description", description.text());
        line.put("parsed", description.parsed());
        line.put("finish_reason", description.finishReason());
        line.put("true_description", row.description());
        line.put("text", row.text());
        if (!row.category().isBlank()) {
            line.put("category", row.category());
        }
        if (!row.group().isBlank()) {
            line.put("group", row.group());
        }
        if (!row.facts().isEmpty()) {
            line.put("facts", row.facts());
        }
        JsonLines.append(writer, line);
    }
}
