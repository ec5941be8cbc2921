package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metrics;
import java.util.ArrayList;
import java.util.List;

/** What a suite could not look into: a suite without a warning is fine only where there is none of this. */
public final class UnmadeChecks {
    private UnmadeChecks() {}

    /** What was not looked into, each with what it takes; none where all was. */
    public static List<String> of(SuiteReport report) {
        List<String> missing = new ArrayList<>();
        String gap = Metrics.GAP_CENTERED_3.key();
        if (report.critics().size() < 2) {
            missing.add("whether the words convince any critic but the one that trained them (--independent)");
        } else if (report.figure(Figure.Section.COLLUSION, "", "real_beyond_true", gap)
                .isEmpty()) {
            missing.add("collusion with the critic that trained them (the control true)");
        }
        if (report.figure(Figure.Section.LOSS, "", "shuffled", LossFigures.RISE).isEmpty()) {
            missing.add("whether the verbalizer reads its input (a description of every row)");
        }
        if (report.critics().stream()
                .anyMatch(critic -> report.figure(Figure.Section.RETENTION, critic, Condition.PARAPHRASE.key(), gap)
                        .isEmpty())) {
            missing.add("whether the words are a private code (the control paraphrase)");
        }
        return missing;
    }
}
