package dev.nla.eval.suite.comparison;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.suite.ScoresFile;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthShare;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Holm;
import dev.nla.model.stats.Interval;
import dev.nla.model.stats.SignFlip;
import dev.nla.model.stats.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two suites over the same rows, compared row by row.
 *
 * @param rows how many
 * @param documents they are from
 * @param lines one a critic and metric that both suites have
 * @param truth how true the descriptions are, by the measures that both suites have; empty where nothing is known of the rows, or a suite is
 *     of an earlier version
 * @param notes what is not compared, and why
 */
public record Comparison(int rows, int documents, List<Line> lines, List<TruthLine> truth, List<String> notes) {
    /** What the verdict is about. */
    public static final Metric DECIDING = Metrics.GAP_CENTERED_3;

    /** The rate of false verdicts that is allowed. */
    public static final double LEVEL = 0.05;

    /**
     * One metric under one critic.
     *
     * @param first mean of the first suite
     * @param second mean of the second
     * @param difference first minus second
     * @param ci95 of the difference, over documents
     * @param pValue two-sided, of sign flips over documents
     * @param adjustedP the same, Holm-corrected over the metrics of the critic and over all comparisons that are made together
     */
    public record Line(
            String critic,
            Metric metric,
            double first,
            double second,
            double difference,
            Optional<Interval> ci95,
            double pValue,
            double adjustedP) {
        private Line corrected(double adjusted) {
            return new Line(critic, metric, first, second, difference, ci95, pValue, adjusted);
        }
    }

    /**
     * One share of right, wrong or stated, whatever the critic.
     *
     * @param measure how it was found out what is true
     * @param first of the first suite
     * @param second of the second
     * @param difference first minus second
     */
    public record TruthLine(TruthMeasure measure, TruthShare share, double first, double second, Estimate difference) {
        /** Its name in files. */
        public String metric() {
            return measure.key(share.key());
        }
    }

    /**
     * Compares under every critic that both have.
     *
     * @throws InputException where the rows differ or no critic is common
     */
    public static Comparison of(ScoresFile first, ScoresFile second, DocumentBootstrap bootstrap) {
        requireSameRows(first, second);
        List<String> critics = first.scores().keySet().stream()
                .filter(second.scores()::containsKey)
                .toList();
        if (critics.isEmpty()) {
            throw InputException.data(
                    "no critic stands in both: the first has %s, the second %s",
                    String.join(", ", first.scores().keySet()),
                    String.join(", ", second.scores().keySet()));
        }
        DocumentDraws draws = bootstrap.of(Documents.of(first.documents()));
        SignFlip test = new SignFlip(bootstrap.resamples(), bootstrap.seed());
        List<Line> lines = new ArrayList<>();
        for (String critic : critics) {
            lines.addAll(
                    lines(critic, first.scores().get(critic), second.scores().get(critic), draws, test));
        }
        return correctedTogether(List.of(new Comparison(
                        first.ids().size(),
                        draws.documents().count(),
                        lines,
                        truth(first, second, draws),
                        notes(first, second))))
                .get(0);
    }

    private static List<String> notes(ScoresFile first, ScoresFile second) {
        if (!first.lacksSlots() && !second.lacksSlots()) {
            return List.of();
        }
        String lacking = !second.lacksSlots()
                ? "the first suite has"
                : first.lacksSlots() ? "both suites have" : "the second suite has";
        return List.of("truth is not compared by slot: " + lacking
                + " it by value alone; run nla eval suite again, on a dataset with descriptions in its train split");
    }

    private static List<TruthLine> truth(ScoresFile first, ScoresFile second, DocumentDraws draws) {
        List<TruthLine> lines = new ArrayList<>();
        for (TruthMeasure measure : TruthMeasure.values()) {
            if (first.truth().containsKey(measure) && second.truth().containsKey(measure)) {
                lines.addAll(truth(
                        measure, first.truth().get(measure), second.truth().get(measure), draws));
            }
        }
        return lines;
    }

    private static List<TruthLine> truth(
            TruthMeasure measure, List<TruthCounts> first, List<TruthCounts> second, DocumentDraws draws) {
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        for (TruthShare share : TruthShare.values()) {
            Statistic a = share.of(first);
            Statistic b = share.of(second);
            statistics.put("first " + share.key(), a);
            statistics.put("second " + share.key(), b);
            statistics.put(share.key(), Statistic.difference(a, b));
        }
        Map<String, Estimate> estimates = draws.all(statistics);
        return Arrays.stream(TruthShare.values())
                .map(share -> new TruthLine(
                        measure,
                        share,
                        estimates.get("first " + share.key()).value(),
                        estimates.get("second " + share.key()).value(),
                        estimates.get(share.key())))
                .filter(line -> Double.isFinite(line.difference().value()))
                .toList();
    }

    /** The same comparisons with p-values corrected over all of them: under each critic, every metric of every comparison is one question. */
    public static List<Comparison> correctedTogether(List<Comparison> comparisons) {
        Map<String, Map<String, Double>> questions = new LinkedHashMap<>();
        for (int i = 0; i < comparisons.size(); i++) {
            for (Line line : comparisons.get(i).lines) {
                questions
                        .computeIfAbsent(line.critic(), critic -> new LinkedHashMap<>())
                        .put(question(i, line), line.pValue());
            }
        }
        questions.replaceAll((critic, pValues) -> Holm.adjusted(pValues));
        return IntStream.range(0, comparisons.size())
                .mapToObj(i -> comparisons
                        .get(i)
                        .with(line -> questions.get(line.critic()).get(question(i, line))))
                .toList();
    }

    private static String question(int comparison, Line line) {
        return comparison + " " + line.metric().key();
    }

    private Comparison with(ToDoubleFunction<Line> adjustedP) {
        return new Comparison(
                rows,
                documents,
                lines.stream()
                        .map(line -> line.corrected(adjustedP.applyAsDouble(line)))
                        .toList(),
                truth,
                notes);
    }

    private static void requireSameRows(ScoresFile first, ScoresFile second) {
        if (!first.ids().equals(second.ids()) || !first.documents().equals(second.documents())) {
            throw InputException.data(
                    "the two suites are not over the same rows (%d and %d): run both on one dataset, split and limit",
                    first.ids().size(), second.ids().size());
        }
    }

    private static List<Line> lines(
            String critic,
            Map<Metric, double[]> first,
            Map<Metric, double[]> second,
            DocumentDraws draws,
            SignFlip test) {
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        Map<String, Double> pValues = new LinkedHashMap<>();
        List<Metric> common =
                first.keySet().stream().filter(second::containsKey).toList();
        for (Metric metric : common) {
            double[] a = first.get(metric);
            double[] b = second.get(metric);
            statistics.put("first " + metric.key(), Statistic.mean(a));
            statistics.put("second " + metric.key(), Statistic.mean(b));
            statistics.put(metric.key(), Statistic.difference(Statistic.mean(a), Statistic.mean(b)));
            pValues.put(metric.key(), test.pValue(metric.key(), draws.documents(), a, b));
        }
        Map<String, Estimate> estimates = draws.all(statistics);
        List<Line> lines = new ArrayList<>();
        for (Metric metric : common) {
            Estimate difference = estimates.get(metric.key());
            lines.add(new Line(
                    critic,
                    metric,
                    estimates.get("first " + metric.key()).value(),
                    estimates.get("second " + metric.key()).value(),
                    difference.value(),
                    difference.ci95(),
                    pValues.get(metric.key()),
                    pValues.get(metric.key())));
        }
        return lines;
    }

    /** One sentence a critic: which is better in the deciding metric, or that the rows do not tell. */
    public List<String> verdicts(String first, String second) {
        if (lines.stream().noneMatch(line -> line.metric() == DECIDING)) {
            return List.of("no verdict: %s and %s do not both have %s".formatted(first, second, DECIDING.key()));
        }
        return lines.stream()
                .filter(line -> line.metric() == DECIDING)
                .map(line -> verdict(line, first, second))
                .toList();
    }

    private static String verdict(Line line, String first, String second) {
        boolean sure = line.adjustedP() < LEVEL
                && line.ci95().filter(ends -> ends.low() > 0 || ends.high() < 0).isPresent();
        String numbers = String.format(
                Locale.ROOT,
                "%s %+.4f%s, p %.4f",
                line.metric().key(),
                line.difference(),
                line.ci95()
                        .map(ends -> String.format(Locale.ROOT, " [%+.4f, %+.4f]", ends.low(), ends.high()))
                        .orElse(""),
                line.adjustedP());
        if (!sure) {
            return String.format(
                    "under %s these rows do not tell %s and %s apart: %s", line.critic(), first, second, numbers);
        }
        boolean firstAhead = line.metric().better().favoursFirst(line.difference());
        return String.format(
                "under %s %s is better than %s: %s",
                line.critic(), firstAhead ? first : second, firstAhead ? second : first, numbers);
    }
}
