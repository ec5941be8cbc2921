package dev.nla.eval.report.suite;

import dev.nla.eval.report.Escaped;
import dev.nla.eval.report.SampleSection;
import dev.nla.eval.suite.FinishedSuite;

/** The failures of every stage, then rows as they come. */
final class SampleSections {
    private static final int MOST_FAILURES = 5;
    private static final int MOST_ROWS = 10;

    private SampleSections() {}

    static String of(SuitesReport report) {
        RowSamples samples = new RowSamples(report.stages());
        StringBuilder section = new StringBuilder(
                "<h2>Hardest failures</h2>\n<p>The rows with the lowest gap under the"
                        + " first critic, lowest first. c is the centred cosine with the own activation, n the largest with a negative, the gap c - n.</p>\n");
        if (samples.marked()) {
            section.append("<p>")
                    .append(SampleSection.legend())
                    .append("The values looked for are those of these rows' facts.</p>\n");
        }
        for (FinishedSuite stage : report.stages()) {
            section.append("<h3>").append(Escaped.of(stage.name())).append("</h3>\n");
            section.append(SampleSection.of(samples.failures(stage, MOST_FAILURES)));
        }
        section.append("<h2>Samples</h2>\n<p>Rows of ")
                .append(Escaped.of(report.stages().get(0).name()))
                .append(", evenly spaced.</p>\n");
        return section.append(SampleSection.of(samples.spread(MOST_ROWS))).toString();
    }
}
