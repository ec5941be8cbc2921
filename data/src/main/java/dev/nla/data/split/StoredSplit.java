package dev.nla.data.split;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetLines;
import dev.nla.data.dataset.Split;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
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
        DatasetLines lines = DatasetLines.of(file);
        List<String> documents = new ArrayList<>();
        lines.forEach(line -> documents.add(document(line)));
        if (documents.isEmpty()) {
            throw InputException.data("%s: holds no rows", file);
        }
        List<Split> splits = split.assign(documents);
        Iterator<Split> next = splits.iterator();
        lines.replace(line -> line.put("split", next.next().label()));
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
}
