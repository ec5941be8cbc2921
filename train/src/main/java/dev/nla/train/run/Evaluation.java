package dev.nla.train.run;

import java.util.List;
import java.util.Map;

/**
 * What a look at the held-out rows gave.
 *
 * @param metrics by name without {@code eval_}, which the log adds; among them the one that picks the best checkpoint
 * @param samples lines for {@code samples.jsonl}, where the evaluation has written texts anyway
 */
public record Evaluation(Map<String, Double> metrics, List<Map<String, Object>> samples) {
    /** Metrics alone. */
    public static Evaluation of(Map<String, Double> metrics) {
        return new Evaluation(metrics, List.of());
    }
}
