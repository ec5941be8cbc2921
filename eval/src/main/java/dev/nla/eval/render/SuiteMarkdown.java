package dev.nla.eval.render;

import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.SuiteReport;
import java.util.Locale;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/** A {@link SuiteReport} for reading: warnings first, then scores under each critic, then everything else. */
public final class SuiteMarkdown {
    private SuiteMarkdown() {}

    /**
     * The text; ends with a line break.
     *
     * @param metrics what the report's scores may be of
     */
    public static String text(SuiteReport report, MetricRegistry metrics) {
        return text(report, metrics, Markdown::text);
    }

    /** The same text with tables that fit a terminal, as {@link Grid}s. */
    public static String terminal(SuiteReport report, MetricRegistry metrics) {
        return text(report, metrics, Grid::text);
    }

    private static String text(SuiteReport report, MetricRegistry metrics, Function<Table, String> shown) {
        StringBuilder text = new StringBuilder("# Evaluation suite\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%d rows of %d documents, %d description%s each, seed %d. In brackets 95 %% bootstrap intervals over documents.%n%n",
                report.rows(),
                report.documents(),
                report.samples(),
                report.samples() == 1 ? "" : "s",
                report.seed()));
        report.warnings()
                .forEach(warning -> text.append("**Warning: ").append(warning).append(".**\n\n"));
        for (String critic : report.critics()) {
            text.append("## Under the critic ").append(critic).append("\n\n");
            text.append(shown.apply(SuiteTables.scores(report, critic, metrics)));
            section(text, shown, report, Figure.Section.DIFFERENCES, critic, "The verbalizer's words minus", "minus");
            section(
                    text,
                    shown,
                    report,
                    Figure.Section.RETENTION,
                    critic,
                    "What rewriting leaves of the gap",
                    "rewriting");
        }
        section(
                text,
                shown,
                report,
                Figure.Section.COLLUSION,
                "",
                "Collusion: first critic minus second",
                "description");
        section(
                text,
                shown,
                report,
                Figure.Section.CEILING,
                "",
                "Ceiling: gaps of the perfect reconstruction",
                "reconstruction");
        section(text, shown, report, Figure.Section.LOSS, "", "Loss on true descriptions, nats a token", "activation");
        section(text, shown, report, Figure.Section.TRUTH, "", "Truth", "description");
        section(text, shown, report, Figure.Section.TEXT, "", "The descriptions as texts", "description");
        if (!report.omitted().isEmpty()) {
            text.append("\n## Left out\n\n");
            report.omitted().forEach((what, why) -> text.append("- `")
                    .append(what)
                    .append("`: ")
                    .append(why)
                    .append('\n'));
        }
        text.append("\n## Made from\n\n");
        report.provenance()
                .forEach((key, value) ->
                        text.append("- ").append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static void section(
            StringBuilder text,
            Function<Table, String> shown,
            SuiteReport report,
            Figure.Section section,
            String critic,
            String title,
            String first) {
        if (report.figures().stream()
                .anyMatch(f -> f.section() == section && f.critic().equals(critic))) {
            text.append("\n### ").append(title).append("\n\n");
            text.append(shown.apply(SuiteTables.section(report, section, critic, first)));
        }
        text.append(section == Figure.Section.RETENTION ? "\n" : "");
    }
}
