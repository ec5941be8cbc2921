package dev.nla.eval.report;

import dev.nla.eval.gap.GapReport;
import java.util.Map;

/**
 * One stage in a report.
 *
 * @param name what readers know it by, such as {@code teacher}, {@code sft}, {@code grpo} or {@code hardneg}
 * @param report what its descriptions were found to be worth
 */
public record EvaluatedStage(String name, GapReport report) {
    /** Mean length of its descriptions in tokens; NaN where they were not written by a verbalizer. */
    double meanTokens() {
        return report.controls().get("completions") instanceof Map<?, ?> completions
                        && completions.get("mean_length") instanceof Number length
                ? length.doubleValue()
                : Double.NaN;
    }
}
