package dev.nla.eval.suite.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.suite.ScoresFile;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthShare;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the comparison of two suites: a real lead is called, noise is not, and suites of different rows are refused. */
class ComparisonTest {
    private static final int ROWS = 120;

    @TempDir
    private Path folder;

    @Test
    void aLeadIsCalledInBothOrders() {
        ScoresFile better = scores(1, 0.1, "training");
        ScoresFile worse = scores(1, 0, "training");
        assertThat(Comparison.of(better, worse, new DocumentBootstrap(2000, 0)).verdicts("A", "B"))
                .singleElement()
                .asString()
                .startsWith("under training A is better than B: gap_centered_3_of_20 +0.1000");
        assertThat(Comparison.of(worse, better, new DocumentBootstrap(2000, 0))
                        .verdicts("A", "B")
                        .get(0))
                .startsWith("under training B is better than A: gap_centered_3_of_20 -0.1000");
    }

    @Test
    void noiseIsNotALead() {
        Comparison comparison =
                Comparison.of(scores(1, 0, "training"), scores(2, 0, "training"), new DocumentBootstrap(2000, 0));
        assertThat(comparison.verdicts("A", "B").get(0))
                .startsWith("under training these rows do not tell A and B apart");
        assertThat(comparison.rows()).isEqualTo(ROWS);
        assertThat(comparison.documents()).isEqualTo(ROWS / 2);
        assertThat(comparison.lines()).allMatch(line -> line.adjustedP() > 0 && line.adjustedP() <= 1);
    }

    @Test
    void comparisonsMadeTogetherAreCorrectedTogether() {
        Comparison lead =
                Comparison.of(scores(1, 0.02, "training"), scores(2, 0, "training"), new DocumentBootstrap(2000, 0));
        List<Comparison> both = Comparison.correctedTogether(List.of(lead, lead));
        int questions = Metrics.ALL.size();
        double smallest = smallest(lead, Comparison.Line::pValue);
        assertThat(smallest(lead, Comparison.Line::adjustedP)).isEqualTo(Math.min(1, smallest * questions));
        assertThat(smallest(both.get(1), Comparison.Line::adjustedP)).isEqualTo(Math.min(1, smallest * 2 * questions));
        assertThat(Comparison.correctedTogether(List.of(both.get(0)))).containsExactly(lead);
    }

    private static double smallest(Comparison comparison, ToDoubleFunction<Comparison.Line> value) {
        return comparison.lines().stream().mapToDouble(value).min().orElseThrow();
    }

    @Test
    void whatIsTrueIsComparedRowByRow() {
        ScoresFile scores = scores(1, 0, "training");
        // of two rows of a document one gains a right claim, whatever the other rows' level
        ScoresFile more = stating(scores, i -> i % 3 + i % 2);
        ScoresFile fewer = stating(scores, i -> i % 3);
        DocumentBootstrap bootstrap = new DocumentBootstrap(500, 0);
        List<Comparison.TruthLine> lines = Comparison.of(more, fewer, bootstrap).truth();
        assertThat(lines)
                .extracting(Comparison.TruthLine::metric)
                .containsExactly(
                        "recall",
                        "precision",
                        "wrong",
                        "invention",
                        "recall_by_value",
                        "precision_by_value",
                        "wrong_by_value",
                        "invention_by_value");
        assertThat(lines.get(TruthShare.RECALL.ordinal()).first())
                .as("by slot, what is stated counts, and not what is right")
                .isEqualTo(0.75);
        assertThat(lines.get(TruthShare.RECALL.ordinal()).difference().value()).isZero();
        Comparison.TruthLine precision = lines.get(TruthShare.PRECISION.ordinal());
        assertThat(precision.first()).isCloseTo(0.375, within(1e-12));
        assertThat(precision.second()).isCloseTo(0.25, within(1e-12));
        assertThat(precision.difference().value()).isCloseTo(0.125, within(1e-12));
        // every document gains the same, so that only an interval of paired differences has no width
        assertThat(precision.difference().ci95().orElseThrow())
                .satisfies(ends -> assertThat(ends.low()).isCloseTo(0.125, within(1e-12)))
                .satisfies(ends -> assertThat(ends.high()).isCloseTo(0.125, within(1e-12)));
        assertThat(lines.get(TruthShare.WRONG.ordinal()).difference().value()).isCloseTo(-0.125, within(1e-12));
        assertThat(Comparison.of(more, scores, bootstrap).truth())
                .as("of an earlier version")
                .isEmpty();
        ScoresFile nothing = new ScoresFile(
                scores.ids(),
                scores.documents(),
                scores.scores(),
                Map.of(TruthMeasure.VALUE, Collections.nCopies(ROWS, TruthCounts.NONE)));
        assertThat(Comparison.of(nothing, nothing, bootstrap).truth())
                .as("without facts")
                .isEmpty();
        assertThat(Comparison.of(nothing, nothing, bootstrap).notes()).isEmpty();
    }

    @Test
    void suitesOfBeforeThereWereSlotsAreComparedByValueAndSaySo() {
        ScoresFile now = stating(scores(1, 0, "training"), i -> i % 3);
        ScoresFile before = new ScoresFile(
                now.ids(),
                now.documents(),
                now.scores(),
                Map.of(TruthMeasure.VALUE, now.truth().get(TruthMeasure.VALUE)));
        DocumentBootstrap bootstrap = new DocumentBootstrap(50, 0);
        Comparison comparison = Comparison.of(now, before, bootstrap);
        assertThat(comparison.truth())
                .extracting(Comparison.TruthLine::metric)
                .containsExactly("recall_by_value", "precision_by_value", "wrong_by_value", "invention_by_value");
        assertThat(comparison.notes())
                .singleElement()
                .asString()
                .startsWith(
                        "truth is not compared by slot: the second suite has it by value alone; run nla eval suite");
        assertThat(Comparison.of(before, before, bootstrap).notes())
                .singleElement()
                .asString()
                .contains("both suites have it by value alone");
        assertThat(Comparison.of(now, now, bootstrap).notes()).isEmpty();
    }

    @Test
    void onlyCommonCriticsAreCompared() {
        ScoresFile two = new ScoresFile(
                scores(1, 0, "a").ids(),
                scores(1, 0, "a").documents(),
                Map.of("a", values(1, 0), "b", values(2, 0)),
                Map.of());
        assertThat(Comparison.of(two, scores(3, 0, "b"), new DocumentBootstrap(100, 0))
                        .verdicts("A", "B"))
                .hasSize(1);
        assertThatThrownBy(() -> Comparison.of(scores(1, 0, "a"), scores(1, 0, "b"), new DocumentBootstrap(100, 0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no critic stands in both: the first has a, the second b");
    }

    @Test
    void differentRowsAreRefused() {
        ScoresFile all = scores(1, 0, "a");
        ScoresFile fewer = new ScoresFile(
                all.ids().subList(1, ROWS),
                all.documents().subList(1, ROWS),
                Map.of("a", new LinkedHashMap<>()),
                Map.of());
        assertThatThrownBy(() -> Comparison.of(all, fewer, new DocumentBootstrap(100, 0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not over the same rows (120 and 119)");
    }

    @Test
    void filesAreReadAsTheyWereWritten() throws Exception {
        ScoresFile written = stating(scores(1, 0.1, "training"), i -> i % 3);
        StringWriter text = new StringWriter();
        written.table().write().csv(text);
        Files.writeString(folder.resolve(ScoresFile.NAME), text.toString());
        ScoresFile read = ScoresFile.read(folder, MetricRegistry.builtIn());
        assertThat(read.ids()).isEqualTo(written.ids());
        assertThat(read.documents()).isEqualTo(written.documents());
        assertThat(read.truth()).isEqualTo(written.truth());
        for (Metric metric : Metrics.ALL) {
            assertThat(read.scores().get("training").get(metric))
                    .containsExactly(written.scores().get("training").get(metric));
        }
    }

    @Test
    void brokenFilesAreNamed() throws Exception {
        assertThatThrownBy(() -> ScoresFile.read(folder, MetricRegistry.builtIn()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("scores.csv: there is no such file");
        Files.writeString(folder.resolve(ScoresFile.NAME), "id,critic\nrow,training\n");
        assertThatThrownBy(() -> ScoresFile.read(folder, MetricRegistry.builtIn()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a file of scores");
    }

    private static ScoresFile scores(int seed, double lead, String critic) {
        return new ScoresFile(
                IntStream.range(0, ROWS).mapToObj(i -> "00" + i).toList(),
                IntStream.range(0, ROWS).mapToObj(i -> "document " + i / 2).toList(),
                Map.of(critic, values(seed, lead)),
                Map.of());
    }

    /** The same where row i has four facts, of which so many are stated by value and three by slot, and makes so many right claims of four. */
    private static ScoresFile stating(ScoresFile scores, IntUnaryOperator right) {
        List<TruthCounts> counts = IntStream.range(0, ROWS)
                .mapToObj(i -> new TruthCounts(4, right.applyAsInt(i), 3 - right.applyAsInt(i), 1))
                .toList();
        List<TruthCounts> bySlot = counts.stream()
                .map(count -> new TruthCounts(4, 3, count.right(), count.wrong(), count.invented()))
                .toList();
        return new ScoresFile(
                scores.ids(),
                scores.documents(),
                scores.scores(),
                Map.of(TruthMeasure.SLOT, bySlot, TruthMeasure.VALUE, counts));
    }

    private static Map<Metric, double[]> values(int seed, double lead) {
        Random random = new Random(seed);
        Map<Metric, double[]> values = new LinkedHashMap<>();
        for (Metric metric : Metrics.ALL) {
            values.put(
                    metric,
                    random.doubles(ROWS).map(value -> 0.2 * value + lead).toArray());
        }
        return values;
    }
}
