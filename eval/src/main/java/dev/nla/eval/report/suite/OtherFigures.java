package dev.nla.eval.report.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the suite measured beside scores: whether words and activations belong together, whether they are true, whether they vary. */
final class OtherFigures {
    private final List<FinishedSuite> stages;
    private final HtmlTable table = new HtmlTable();

    private OtherFigures(List<FinishedSuite> stages) {
        this.stages = stages;
        table.heads(stages.stream().map(FinishedSuite::name).toList());
    }

    /** A table with a column a stage; what none of them has is left out. */
    static String of(List<FinishedSuite> stages) {
        OtherFigures figures = new OtherFigures(stages);
        figures.lines();
        return figures.table.isEmpty()
                ? ""
                : "<h3>Beside the scores</h3>\n<p>Collusion is what the training critic gives more than the independent one.</p>\n"
                        + figures.table.html();
    }

    private void lines() {
        String real = Condition.REAL.key();
        String gap = Metrics.GAP_CENTERED_3.key();
        signed(
                "rise of the loss on true descriptions with another row's activation, nats a token",
                Figure.Section.LOSS,
                "",
                "shuffled",
                "rise");
        stages.stream()
                .flatMap(stage -> stage.report().critics().stream())
                .distinct()
                .forEach(critic -> plain(
                        "part of the gap above the floor that a paraphrase keeps, under " + critic,
                        Figure.Section.RETENTION,
                        critic,
                        Condition.PARAPHRASE.key(),
                        gap));
        signed("collusion on the verbalizer's words", Figure.Section.COLLUSION, "", real, gap);
        signed("the same beyond that on true descriptions", Figure.Section.COLLUSION, "", "real_beyond_true", gap);
        plain("recall of facts", Figure.Section.TRUTH, "", real, "recall");
        plain("precision of claims", Figure.Section.TRUTH, "", real, "precision");
        plain("wrong claims", Figure.Section.TRUTH, "", real, "wrong");
        plain("invented claims", Figure.Section.TRUTH, "", real, "invention");
        plain("part of the descriptions that are different texts", Figure.Section.TEXT, "", real, "unique_ratio");
        plain("similarity of descriptions of different rows", Figure.Section.TEXT, "", real, "similarity");
        plain("part that could not be read", Figure.Section.TEXT, "", real, "unparseable_ratio");
        plain("mean length, words", Figure.Section.TEXT, "", real, "mean_words");
    }

    private void signed(String name, Figure.Section section, String critic, String condition, String metric) {
        line(name, section, critic, condition, metric, Cell::signed);
    }

    private void plain(String name, Figure.Section section, String critic, String condition, String metric) {
        line(name, section, critic, condition, metric, Cell::plain);
    }

    private void line(
            String name,
            Figure.Section section,
            String critic,
            String condition,
            String metric,
            Function<Optional<Figure>, String> cell) {
        List<Optional<Figure>> found = stages.stream()
                .map(stage -> stage.report().figure(section, critic, condition, metric))
                .toList();
        if (found.stream().anyMatch(Optional::isPresent)) {
            table.line(name, found.stream().map(cell).toList());
        }
    }
}
