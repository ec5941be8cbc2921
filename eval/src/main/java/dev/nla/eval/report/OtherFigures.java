package dev.nla.eval.report;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the suite measured beside scores: whether words and activations belong together, whether they are true, whether they vary. */
final class OtherFigures {
    private final List<FinishedSuite> stages;
    private final List<Table.Line> lines = new ArrayList<>();

    private OtherFigures(List<FinishedSuite> stages) {
        this.stages = stages;
    }

    /** A table with a column a stage; what none of them has is left out. */
    static Table of(List<FinishedSuite> stages) {
        OtherFigures figures = new OtherFigures(stages);
        figures.addAll();
        return Table.of(stages.stream().map(FinishedSuite::name).toList(), figures.lines);
    }

    private void addAll() {
        String real = Condition.REAL.key();
        String gap = Metrics.GAP_CENTERED_3.key();
        signed(
                "rise of the loss on true descriptions with another row's activation, nats a token",
                Figure.Section.LOSS,
                "shuffled",
                "rise");
        stages.stream()
                .flatMap(stage -> stage.report().critics().stream())
                .distinct()
                .forEach(critic -> line(
                        "part of the gap above the floor that a paraphrase keeps, under " + critic,
                        Figure.Section.RETENTION,
                        critic,
                        Condition.PARAPHRASE.key(),
                        gap,
                        false));
        signed("collusion on the verbalizer's words", Figure.Section.COLLUSION, real, gap);
        signed("the same beyond that on true descriptions", Figure.Section.COLLUSION, "real_beyond_true", gap);
        for (TruthMeasure measure : TruthMeasure.values()) {
            truth("recall of facts", measure, TruthShare.RECALL);
            truth("precision of claims", measure, TruthShare.PRECISION);
            truth("wrong claims", measure, TruthShare.WRONG);
            truth("invented claims", measure, TruthShare.INVENTION);
        }
        plain("part of the descriptions that are different texts", Figure.Section.TEXT, "unique_ratio");
        plain("similarity of descriptions of different rows", Figure.Section.TEXT, "similarity");
        plain("part that could not be read", Figure.Section.TEXT, "unparseable_ratio");
        plain("mean length, words", Figure.Section.TEXT, "mean_words");
    }

    private void signed(String name, Figure.Section section, String condition, String metric) {
        line(name, section, "", condition, metric, true);
    }

    private void plain(String name, Figure.Section section, String metric) {
        line(name, section, "", Condition.REAL.key(), metric, false);
    }

    private void truth(String name, TruthMeasure measure, TruthShare share) {
        plain(measure.label(name), Figure.Section.TRUTH, measure.key(share.key()));
    }

    private void line(
            String name, Figure.Section section, String critic, String condition, String metric, boolean signed) {
        List<Optional<Figure>> found = stages.stream()
                .map(stage -> stage.report().figure(section, critic, condition, metric))
                .toList();
        if (found.stream().anyMatch(Optional::isPresent)) {
            lines.add(new Table.Line(
                    name,
                    found.stream().map(figure -> FigureCell.of(figure, signed)).toList()));
        }
    }
}
