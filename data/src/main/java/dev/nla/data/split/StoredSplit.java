package dev.nla.data.split;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.sidecar.DatasetSidecar;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives the rows of a dataset on disk new splits, also where they had none. Everything else of the rows stays as it is. */
public final class StoredSplit {
    private StoredSplit() {}

    /**
     * Draws splits and stores them: {@code split} of every row in {@code rows.jsonl}, seed and ratios in {@code nla_meta.yaml}. Each file
     * is replaced as a whole.
     *
     * @param dataset the dataset's folder
     * @param split how to draw
     * @return the split of every row
     */
    public static List<Split> draw(Path dataset, DocumentSplit split) {
        Path file = dataset.resolve(ActivationDataset.ROWS_FILE);
        List<ObjectNode> rows = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        JsonLines.forEach(file, line -> {
            rows.add(line.fields());
            documents.add(document(line));
        });
        if (rows.isEmpty()) {
            throw InputException.data("%s: holds no rows", file);
        }
        List<Split> splits = split.assign(documents);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).put("split", splits.get(i).label());
        }
        AtomicFiles.replace(file, temporary -> write(temporary, rows));
        record(dataset, split);
        return splits;
    }

    private static void record(Path dataset, DocumentSplit split) {
        Path file = DatasetSidecar.fileOf(dataset);
        DatasetSidecar before = DatasetSidecar.read(file);
        Map<String, Object> other = new LinkedHashMap<>(before.other());
        other.put(DocumentSplit.SIDECAR_KEY, split.description());
        before.with(other).write(file);
    }

    private static String document(JsonLine line) {
        return line.optionalText("doc_id").filter(id -> !id.isBlank()).orElseGet(() -> line.requiredText("id"));
    }

    private static void write(Path file, List<ObjectNode> rows) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (ObjectNode row : rows) {
                JsonLines.append(writer, row);
            }
        }
    }
}
