package dev.nla.eval.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.dataset.Row;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the sums and shares of truth over a dataset against values worked out by hand, and what happens where there is nothing. */
class TruthMetricsTest {
    private static final DocumentBootstrap BOOTSTRAP = new DocumentBootstrap(500, 3);

    @Test
    void smallCaseByHand() {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("colour", "red");
        both.put("animal", "fox");
        List<Row> rows = Scenes.rows(List.of(both, Map.of("colour", "blue"), Map.of()));
        List<Row> dataset = new ArrayList<>(rows);
        dataset.add(Scenes.row(Map.of("place", "kitchen")));
        TruthReport report = TruthMetrics.of(dataset, BOOTSTRAP)
                .measure(
                        rows,
                        List.of(
                                List.of("a red fox in the kitchen", "blue dogs"),
                                List.of("red red red", "blue and kitchen"),
                                List.of("a fox", "a fox")))
                .orElseThrow();
        assertThat(report.texts()).isEqualTo(2);
        assertThat(report.descriptions()).isEqualTo(4);
        assertThat(report.textsLeftOut()).isEqualTo(1);
        assertThat(report.counts()).isEqualTo(new TruthCounts(6, 3, 2, 2));
        assertThat(report.recall().value()).isCloseTo(3 / 6.0, within(1e-12));
        assertThat(report.precision().value()).isCloseTo(3 / 7.0, within(1e-12));
        assertThat(report.wrong().value()).isCloseTo(2 / 7.0, within(1e-12));
        assertThat(report.invention().value()).isCloseTo(2 / 7.0, within(1e-12));
        assertThat(report.meanClaims()).isCloseTo(7 / 4.0, within(1e-12));
        assertThat(report.meanWords()).isCloseTo((6 + 2 + 3 + 3) / 4.0, within(1e-12));
        assertThat(report.parts())
                .containsExactly(
                        Map.entry("colour", new TruthCounts(4, 2, 2, 0)),
                        Map.entry("animal", new TruthCounts(2, 1, 0, 0)),
                        Map.entry("place", new TruthCounts(0, 0, 0, 2)));
    }

    @Test
    void theIntervalHoldsTheValue() {
        List<Row> rows = manyRows(200);
        TruthReport report = measure(rows, told(rows));
        for (Estimate share : List.of(report.recall(), report.precision(), report.wrong())) {
            Interval ci95 = share.ci95().orElseThrow();
            assertThat(ci95.contains(share.value())).isTrue();
            assertThat(ci95.high() - ci95.low()).isBetween(0.05, 0.2);
        }
        assertThat(report.invention().ci95()).contains(new Interval(0, 0));
    }

    @Test
    void rowsOfADocumentAreDrawnTogether() {
        List<Row> rows = manyRows(60, 3);
        Interval ci95 = measure(rows, told(rows)).recall().ci95().orElseThrow();
        assertThat(ci95.low()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(ci95.high()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void theOrderOfTextsDoesNotMatter() {
        List<Row> rows = manyRows(60);
        List<List<String>> told = told(rows);
        TruthReport report = measure(rows, told);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, new Random(5));
        TruthReport shuffled = measure(
                order.stream().map(rows::get).toList(),
                order.stream().map(told::get).toList());
        assertThat(shuffled.counts()).isEqualTo(report.counts());
        assertThat(shuffled.parts()).isEqualTo(report.parts());
        assertThat(shuffled.recall().value()).isEqualTo(report.recall().value());
        assertThat(shuffled.precision().value()).isEqualTo(report.precision().value());
        assertThat(shuffled.recall().ci95().orElseThrow().low())
                .isCloseTo(report.recall().ci95().orElseThrow().low(), within(0.05));
    }

    @Test
    void perfectDescriptionsAreAllTruth() {
        List<Row> rows = manyRows(10);
        List<List<String>> perfect = rows.stream()
                .map(row -> List.of("It is " + row.facts().get("colour") + "."))
                .toList();
        TruthReport report = measure(rows, perfect);
        assertThat(report.recall()).isEqualTo(report.precision());
        assertThat(report.recall().value()).isEqualTo(1);
        assertThat(report.recall().ci95()).contains(new Interval(1, 1));
    }

    @Test
    void noClaimsLeaveTheirSharesUndefined() {
        TruthReport report = measure(manyRows(3), Collections.nCopies(3, List.of("nothing at all")));
        assertThat(report.recall().value()).isZero();
        assertThat(report.recall().ci95()).contains(new Interval(0, 0));
        for (Estimate share : List.of(report.precision(), report.invention(), report.wrong())) {
            assertThat(share.value()).isNaN();
            assertThat(share.ci95()).isEmpty();
        }
    }

    @Test
    void withoutFactsThereIsNoReport() {
        List<Row> none = Scenes.rows(List.of(Map.of(), Map.of("flag", true)));
        List<List<String>> texts = List.of(List.of("red"), List.of("blue"));
        assertThat(TruthMetrics.of(none, BOOTSTRAP).measure(none, texts)).isEmpty();
        assertThat(TruthMetrics.of(manyRows(3), BOOTSTRAP).measure(none, texts)).isEmpty();
    }

    @Test
    void everyRowNeedsItsDescriptions() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> measure(manyRows(3), List.of(List.of("red"))))
                .withMessage("3 rows but descriptions of 1");
    }

    private static TruthReport measure(List<Row> rows, List<List<String>> descriptions) {
        return TruthMetrics.of(rows, BOOTSTRAP).measure(rows, descriptions).orElseThrow();
    }

    private static List<Row> manyRows(int count) {
        return manyRows(count, 1);
    }

    private static List<Row> manyRows(int count, int ofADocument) {
        return IntStream.range(0, count)
                .mapToObj(i -> Scenes.row("doc " + i / ofADocument, Map.of("colour", i % 2 == 0 ? "red" : "blue")))
                .toList();
    }

    /** Every third is right, every third wrong, every third silent. */
    private static List<List<String>> told(List<Row> rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    Object colour = rows.get(i).facts().get("colour");
                    Object other = colour.equals("red") ? "blue" : "red";
                    return List.of(i % 3 == 0 ? "a " + colour + " one" : i % 3 == 1 ? "a " + other + " one" : "one");
                })
                .toList();
    }
}
