package dev.nla.eval.report;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.truth.Share;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapResult;
import dev.nla.model.gap.NegativeRule;
import java.util.List;
import java.util.function.Function;

/** The figures of all stages: a column a stage, so that the page stays narrow. */
final class StageTable {
    private StageTable() {}

    static String of(List<Stage> stages) {
        StringBuilder rows = new StringBuilder();
        row(rows, "centred gap, 3 of 20", stages, stage -> gap(stage, Form.CENTERED, NegativeRule.THREE_OF_TWENTY));
        row(
                rows,
                "calibrated",
                stages,
                stage -> Rounded.plain(decisive(stage.report()).calibrated(), 3));
        row(rows, "accuracy (chance)", stages, stage -> accuracy(decisive(stage.report())));
        row(rows, "legacy gap, 3 of 20", stages, stage -> gap(stage, Form.LEGACY, NegativeRule.THREE_OF_TWENTY));
        row(rows, "centred gap, all 20", stages, stage -> gap(stage, Form.CENTERED, NegativeRule.ALL_TWENTY));
        row(
                rows,
                "fve_nrm",
                stages,
                stage -> Rounded.signed(stage.report().fve().nrm()));
        if (stages.stream().anyMatch(stage -> stage.report().truth().isPresent())) {
            row(rows, "recall of facts", stages, stage -> share(stage, TruthReport::recall));
            row(rows, "precision of claims", stages, stage -> share(stage, TruthReport::precision));
            row(rows, "wrong claims", stages, stage -> share(stage, TruthReport::wrong));
            row(rows, "invented claims", stages, stage -> share(stage, TruthReport::invention));
            row(rows, "mean length, words", stages, StageTable::words);
        }
        row(rows, "mean length, tokens", stages, stage -> Rounded.plain(stage.meanTokens(), 1));
        StringBuilder names = new StringBuilder();
        stages.forEach(stage -> names.append("<th scope=\"col\">")
                .append(Escaped.of(stage.name()))
                .append("</th>"));
        return """
                <div class="wide"><table>
                <thead><tr><td></td>%s</tr></thead>
                <tbody>
                %s</tbody>
                </table></div>
                """.formatted(names, rows);
    }

    /** The gap to decide by. */
    static GapResult decisive(GapReport report) {
        return report.gap(Form.CENTERED, NegativeRule.THREE_OF_TWENTY);
    }

    private static void row(StringBuilder rows, String name, List<Stage> stages, Function<Stage, String> cell) {
        rows.append("<tr><th scope=\"row\">").append(Escaped.of(name)).append("</th>");
        stages.forEach(stage -> rows.append("<td>").append(cell.apply(stage)).append("</td>"));
        rows.append("</tr>\n");
    }

    private static String gap(Stage stage, Form form, NegativeRule rule) {
        GapResult result = stage.report().gap(form, rule);
        return Rounded.signed(result.gap()) + small(Rounded.signed(result.ci95()));
    }

    private static String accuracy(GapResult result) {
        return Rounded.plain(result.accuracy(), 3) + small("(" + Rounded.plain(result.chance(), 3) + ")");
    }

    private static String share(Stage stage, Function<TruthReport, Share> which) {
        return stage.report()
                .truth()
                .map(which)
                .map(share -> Rounded.plain(share.value(), 3)
                        + share.ci95()
                                .map(ci95 -> small(Rounded.plain(ci95, 3)))
                                .orElse(""))
                .orElse(Rounded.UNDEFINED);
    }

    private static String words(Stage stage) {
        return Rounded.plain(stage.report().truth().map(TruthReport::meanWords).orElse(Double.NaN), 1);
    }

    private static String small(String text) {
        return " <small>" + text + "</small>";
    }
}
