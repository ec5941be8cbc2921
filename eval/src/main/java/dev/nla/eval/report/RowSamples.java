package dev.nla.eval.report;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Sample;
import dev.nla.eval.suite.DescribedRow;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.comparison.Comparison;
import dev.nla.eval.truth.ClaimReader;
import dev.nla.eval.truth.FactVocabulary;
import dev.nla.eval.truth.MarkedDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows to look at: the hardest failures of a stage, and some of all rows. */
final class RowSamples {
    private static final String TRUTH = "true description";

    private final List<FinishedSuite> stages;
    private final FactVocabulary vocabulary;

    /** Claims are looked for among the values that the facts of these stages' rows have. */
    RowSamples(List<FinishedSuite> stages) {
        this.stages = stages;
        this.vocabulary = FactVocabulary.ofFacts(stages.stream()
                .flatMap(stage -> stage.rows().stream())
                .map(DescribedRow::facts)
                .toList());
    }

    /** Whether claims can be told right from wrong. */
    boolean marked() {
        return !vocabulary.isEmpty();
    }

    /** The rows with the lowest gap under the first critic, lowest first. */
    List<Sample> failures(FinishedSuite stage, int most) {
        Optional<double[]> scored = stage.of(stage.report().critics().get(0), Comparison.DECIDING);
        if (scored.isEmpty()) {
            return List.of();
        }
        double[] gaps = scored.get();
        return IntStream.range(0, gaps.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> gaps[row]))
                .limit(most)
                .map(row -> sample(List.of(stage), stage.rows().get(row)))
                .toList();
    }

    /** Rows of the first stage, evenly spaced, with what every stage that has them says of them. */
    List<Sample> spread(int most) {
        List<DescribedRow> rows = stages.get(0).rows();
        int count = Math.min(most, rows.size());
        return IntStream.range(0, count)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / count)))
                .map(row -> sample(stages, row))
                .toList();
    }

    private Sample sample(List<FinishedSuite> by, DescribedRow row) {
        List<Sample.Said> said = new ArrayList<>();
        by.forEach(stage -> said(stage, row).forEach(said::add));
        if (!row.trueDescription().isBlank()) {
            said.add(new Sample.Said(TRUTH, read(row, row.trueDescription()), ""));
        }
        String kind = Stream.of(row.id(), row.category(), row.group())
                .filter(name -> !name.isBlank())
                .collect(Collectors.joining(", "));
        return new Sample(kind, row.text(), row.facts(), said);
    }

    /** What a stage says first of a row, with the row's scores; nothing where it has not seen the row. */
    private Stream<Sample.Said> said(FinishedSuite stage, DescribedRow shown) {
        int at = stage.scores().ids().indexOf(shown.id());
        if (at < 0) {
            return Stream.empty();
        }
        List<String> descriptions = stage.rows().get(at).descriptions();
        int more = descriptions.size() - 1;
        String note = stage.report().critics().stream()
                        .map(critic -> note(stage, critic, at))
                        .collect(Collectors.joining("; "))
                + (more > 0 ? "; mean of this one and " + more + " more" : "");
        return Stream.of(new Sample.Said(stage.name(), read(shown, descriptions.get(0)), note));
    }

    private static String note(FinishedSuite stage, String critic, int row) {
        double c = of(stage, critic, Metrics.COSINE_CENTERED, row);
        double gap = of(stage, critic, Comparison.DECIDING, row);
        return "%s: gap %s, c %s, n %s"
                .formatted(critic, Rounded.signed(gap), Rounded.plain(c, 3), Rounded.plain(c - gap, 3));
    }

    private static double of(FinishedSuite stage, String critic, Metric metric, int row) {
        return stage.of(critic, metric).map(values -> values[row]).orElse(Double.NaN);
    }

    private MarkedDescription read(DescribedRow row, String description) {
        return row.facts().isEmpty()
                ? new MarkedDescription(description, List.of(), List.of())
                : new ClaimReader(vocabulary).read(row.facts(), description);
    }
}
