package dev.nla.eval.report;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.suite.comparison.Comparison;
import dev.nla.eval.suite.comparison.StageComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage against the one before it, row by row: verdicts, and the figures they rest on.
 *
 * @param later the stage
 * @param earlier the one before it
 * @param obstacle why they can't be compared; empty where they can
 * @param verdicts none where they can't
 * @param rows that both have
 * @param documents of these rows
 * @param details the figures
 */
public record StageDifference(
        String later,
        String earlier,
        String obstacle,
        List<String> verdicts,
        int rows,
        int documents,
        List<Details> details) {
    /**
     * Figures that are shown on demand.
     *
     * @param summary what they are
     * @param table the figures
     */
    public record Details(String summary, Table table) {}

    static StageDifference of(StageComparison pair) {
        String later = pair.later();
        String earlier = pair.earlier();
        return pair.comparison()
                .map(found -> new StageDifference(
                        later,
                        earlier,
                        "",
                        found.verdicts(later, earlier),
                        found.rows(),
                        found.documents(),
                        details(found, List.of(later, earlier, "difference", "95 % interval"))))
                .orElseGet(() -> new StageDifference(later, earlier, pair.obstacle(), List.of(), 0, 0, List.of()));
    }

    private static List<Details> details(Comparison comparison, List<String> heads) {
        List<String> tested = new ArrayList<>(heads);
        tested.add("p (Holm)");
        List<Details> details = new ArrayList<>();
        comparison.lines().stream()
                .map(Comparison.Line::critic)
                .distinct()
                .forEach(critic -> details.add(new Details(
                        "All metrics under " + critic,
                        Table.of(
                                tested,
                                comparison.lines().stream()
                                        .filter(line -> line.critic().equals(critic))
                                        .map(StageDifference::line)
                                        .toList()))));
        if (!comparison.truth().isEmpty()) {
            details.add(new Details(
                    "What is true",
                    Table.of(
                            heads,
                            comparison.truth().stream()
                                    .map(StageDifference::line)
                                    .toList())));
        }
        return details;
    }

    private static Table.Line line(Comparison.Line line) {
        return Table.Line.of(
                line.metric().key(),
                List.of(
                        Rounded.signed(line.first()),
                        Rounded.signed(line.second()),
                        Rounded.signed(line.difference()),
                        line.ci95().map(Rounded::signed).orElse(Rounded.UNDEFINED),
                        Rounded.plain(line.adjustedP(), 4)));
    }

    private static Table.Line line(Comparison.TruthLine line) {
        return Table.Line.of(
                line.metric(),
                List.of(
                        Rounded.plain(line.first(), 4),
                        Rounded.plain(line.second(), 4),
                        Rounded.signed(line.difference().value()),
                        line.difference().ci95().map(Rounded::signed).orElse(Rounded.UNDEFINED)));
    }
}
