package dev.nla.train.heldout;

import dev.nla.data.dataset.Row;
import dev.nla.model.verbalizer.Description;
import dev.nla.train.session.TrainingData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of {@code samples.jsonl}: what the verbalizer writes about held-out rows, for reading. */
public final class Samples {
    /** Tokens of a sample at most. */
    public static final int LONGEST = 256;

    private Samples() {}

    /** The first {@code count} of the rows described, or all there are. */
    public static List<Map<String, Object>> lines(
            TrainingData data, int step, int[] rows, List<Description> written, int count) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(count, rows.length); i++) {
            Row row = data.row(rows[i]);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("step", step);
            line.put("id", row.id());
            line.put("text", row.text());
            line.put("description", row.description());
            line.put("generated", written.get(i).text());
            line.put("finish_reason", written.get(i).finishReason());
            lines.add(line);
        }
        return lines;
    }
}
