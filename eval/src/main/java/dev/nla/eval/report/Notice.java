package dev.nla.eval.report;

import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.UnmadeChecks;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader must not overlook.
 *
 * @param kind how loud it is
 * @param stage what it is about
 * @param text what it says
 */
public record Notice(Kind kind, String stage, String text) {
    /** How loud a notice is. */
    public enum Kind {
        /** Something casts doubt on the figures. */
        WARNING,
        /** Nothing does, and an independent critic has had its say. */
        FINE,
        /** Something was not looked into. */
        UNMADE
    }

    static List<Notice> of(SuitesReport report) {
        List<Notice> notices = new ArrayList<>();
        report.disagreements().forEach(each -> notices.add(new Notice(Kind.WARNING, "all stages", each)));
        for (FinishedSuite stage : report.stages()) {
            stage.report().warnings().forEach(each -> notices.add(new Notice(Kind.WARNING, stage.name(), each)));
            checks(stage, notices);
        }
        return notices;
    }

    /** Green only where an independent critic has had its say; what else was not looked into is told beside it. */
    private static void checks(FinishedSuite stage, List<Notice> notices) {
        List<String> missing = UnmadeChecks.of(stage.report());
        String unmade = missing.isEmpty() ? "" : "not checked: " + String.join("; ", missing);
        if (stage.report().warnings().isEmpty() && stage.report().critics().size() > 1) {
            String rest = unmade.isEmpty() ? "" : "; " + unmade;
            notices.add(new Notice(Kind.FINE, stage.name(), "no check of the suite failed" + rest));
        } else if (!unmade.isEmpty()) {
            notices.add(new Notice(Kind.UNMADE, stage.name(), unmade));
        }
    }
}
