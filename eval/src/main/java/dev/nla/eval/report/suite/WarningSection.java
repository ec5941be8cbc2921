package dev.nla.eval.report.suite;

import dev.nla.eval.report.Escaped;
import dev.nla.eval.suite.FinishedSuite;

/** What a reader must not overlook, before everything else. */
final class WarningSection {
    private WarningSection() {}

    static String of(SuitesReport report) {
        StringBuilder section = new StringBuilder("<h2>Warnings</h2>\n");
        report.disagreements().forEach(each -> warn(section, "all stages", each));
        for (FinishedSuite stage : report.stages()) {
            stage.report().warnings().forEach(each -> warn(section, stage.name(), each));
            if (stage.report().warnings().isEmpty()) {
                section.append("<p class=\"fine\"><b>")
                        .append(Escaped.of(stage.name()))
                        .append("</b>: no check of the suite failed.</p>\n");
            }
        }
        return section.toString();
    }

    private static void warn(StringBuilder section, String stage, String warning) {
        section.append("<p class=\"warning\"><b>Warning, ")
                .append(Escaped.of(stage))
                .append(":</b> ")
                .append(Escaped.of(warning))
                .append(".</p>\n");
    }
}
