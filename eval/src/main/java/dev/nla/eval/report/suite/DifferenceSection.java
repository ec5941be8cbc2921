package dev.nla.eval.report.suite;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.Escaped;
import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.Comparison;
import dev.nla.eval.suite.StageComparison;
import java.util.List;
import java.util.stream.Collectors;

/** Every stage but the first against the one before it, row by row: verdicts, and the figures they rest on. */
final class DifferenceSection {
    private static final String EXPLANATION = """
            <h2>Differences of consecutive stages</h2>
            <p>Row by row, the later stage minus the earlier. A verdict is given where the interval of the gap excludes 0 and its p-value, by sign
            flips over documents and Holm-corrected over the metrics of a critic in all of these comparisons, is below %s.</p>
            """;

    private DifferenceSection() {}

    /** Empty where there is one stage. */
    static String of(List<StageComparison> comparisons) {
        return comparisons.isEmpty()
                ? ""
                : EXPLANATION.formatted(Comparison.LEVEL)
                        + comparisons.stream().map(DifferenceSection::pair).collect(Collectors.joining());
    }

    private static String pair(StageComparison pair) {
        String title = "<h3>%s after %s</h3>\n".formatted(Escaped.of(pair.later()), Escaped.of(pair.earlier()));
        return title
                + pair.comparison()
                        .map(comparison -> found(pair, comparison))
                        .orElseGet(() ->
                                "<p class=\"warning\"><b>No verdict:</b> " + Escaped.of(pair.obstacle()) + ".</p>\n");
    }

    private static String found(StageComparison pair, Comparison comparison) {
        return comparison.verdicts(pair.later(), pair.earlier()).stream()
                        .map(verdict -> "<p class=\"verdict\">" + Escaped.of(verdict) + "</p>\n")
                        .collect(Collectors.joining())
                + "<p>%d rows of %d documents.</p>\n".formatted(comparison.rows(), comparison.documents())
                + comparison.lines().stream()
                        .map(Comparison.Line::critic)
                        .distinct()
                        .map(critic -> details(pair, comparison, critic))
                        .collect(Collectors.joining())
                + truth(pair, comparison);
    }

    private static String truth(StageComparison pair, Comparison comparison) {
        if (comparison.truth().isEmpty()) {
            return "";
        }
        HtmlTable table = new HtmlTable().heads(List.of(pair.later(), pair.earlier(), "difference", "95 % interval"));
        comparison
                .truth()
                .forEach(line -> table.line(
                        line.share().key(),
                        List.of(
                                Rounded.plain(line.first(), 4),
                                Rounded.plain(line.second(), 4),
                                Rounded.signed(line.difference().value()),
                                line.difference().ci95().map(Rounded::signed).orElse(Rounded.UNDEFINED))));
        return "<details><summary>What is true</summary>\n" + table.html() + "</details>\n";
    }

    private static String details(StageComparison pair, Comparison comparison, String critic) {
        HtmlTable table =
                new HtmlTable().heads(List.of(pair.later(), pair.earlier(), "difference", "95 % interval", "p (Holm)"));
        comparison.lines().stream()
                .filter(line -> line.critic().equals(critic))
                .forEach(line -> table.line(
                        line.metric().key(),
                        List.of(
                                Rounded.signed(line.first()),
                                Rounded.signed(line.second()),
                                Rounded.signed(line.difference()),
                                line.ci95().map(Rounded::signed).orElse(Rounded.UNDEFINED),
                                Rounded.plain(line.adjustedP(), 4))));
        return "<details><summary>All metrics under " + Escaped.of(critic) + "</summary>\n" + table.html()
                + "</details>\n";
    }
}
