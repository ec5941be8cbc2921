package dev.nla.eval.report.suite;

import dev.nla.eval.report.Escaped;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.UnmadeChecks;

/** What a reader must not overlook, before everything else. */
final class WarningSection {
    private WarningSection() {}

    static String of(SuitesReport report) {
        StringBuilder section = new StringBuilder("<h2>Warnings</h2>\n");
        report.disagreements().forEach(each -> warn(section, "all stages", each));
        for (FinishedSuite stage : report.stages()) {
            stage.report().warnings().forEach(each -> warn(section, stage.name(), each));
            section.append(checks(stage));
        }
        return section.toString();
    }

    /** Green only where an independent critic has had its say; what else was not looked into is told beside it. */
    private static String checks(FinishedSuite stage) {
        String missing = String.join("; ", UnmadeChecks.of(stage.report()));
        String name = "<b>" + Escaped.of(stage.name()) + "</b>: ";
        String unmade = missing.isEmpty() ? "" : "not checked: " + Escaped.of(missing);
        if (stage.report().warnings().isEmpty() && stage.report().critics().size() > 1) {
            String rest = unmade.isEmpty() ? "" : "; " + unmade;
            return "<p class=\"fine\">" + name + "no check of the suite failed" + rest + ".</p>\n";
        }
        return unmade.isEmpty() ? "" : "<p class=\"unmade\">" + name + unmade + ".</p>\n";
    }

    private static void warn(StringBuilder section, String stage, String warning) {
        section.append("<p class=\"warning\"><b>Warning, ")
                .append(Escaped.of(stage))
                .append(":</b> ")
                .append(Escaped.of(warning))
                .append(".</p>\n");
    }
}
