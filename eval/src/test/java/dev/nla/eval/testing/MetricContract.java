package dev.nla.eval.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.eval.metric.Better;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.model.gap.RowContext;
import dev.nla.model.gap.ScoredRows;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every metric. Extend it with a class whose name ends in {@code Test} and give your metrics:
 *
 * <pre>{@code
 * class MyMetricTest extends MetricContract {
 *     protected List<Metric> metrics() {
 *         return List.of(new MyMetric());
 *     }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MetricContract {
    private static final int[] CHANCES = {21, 100, 5000};

    /** The metrics that are tried, at least one. */
    protected abstract List<Metric> metrics();

    @ParameterizedTest
    @MethodSource("metrics")
    void isDescribedSoThatTablesAndFilesCanHoldIt(Metric metric) {
        assertThat(new MetricRegistry(List.of(metric)).of(metric.key())).containsSame(metric);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void hasValuesOfItsUnit(Metric metric) {
        for (ScoredRows rows : List.of(TriedRows.perfect(), TriedRows.near(), TriedRows.strange())) {
            assertThat(Arrays.stream(rows.each(metric::compute)).boxed())
                    .as(
                            "%s of every row, expected a %s",
                            metric.key(), metric.unit().text())
                    .allMatch(value -> Double.isNaN(value) || metric.unit().holds(value));
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void hasTheSameValueWhenItIsAskedAgain(Metric metric) {
        ScoredRows rows = TriedRows.near();
        double[] first = rows.each(metric::compute);
        assertThat(rows.each(metric::compute)).containsExactly(first);
        assertThat(TriedRows.near().each(metric::compute)).containsExactly(first);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void doesNotDependOnTheOrderOfDescriptions(Metric metric) {
        double[] values = TriedRows.near().each(metric::compute);
        double[] reversed = TriedRows.reversed().each(metric::compute);
        for (int row = 0; row < values.length; row++) {
            assertThat(reversed[row]).as("%s of row %d", metric.key(), row).isEqualTo(values[row], within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void callsNoStrangersWordsBetterThanPerfectOnes(Metric metric) {
        double perfect = TriedRows.perfect().mean(metric::compute);
        double strange = TriedRows.strange().mean(metric::compute);
        assertThat(metric.better() == Better.LARGER ? perfect - strange : strange - perfect)
                .as(
                        "%s: by how much the perfect reconstruction, %s, is better than that of another row, %s",
                        metric.key(), perfect, strange)
                .isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void hasAChanceOfItsUnitWhereSomethingIsChosen(Metric metric) {
        for (int rows : CHANCES) {
            metric.chance(rows).ifPresent(chance -> assertThat(metric.unit().holds(chance))
                    .as(
                            "%s: chance %s among %d rows, expected a %s",
                            metric.key(), chance, rows, metric.unit().text())
                    .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void needsNoOtherRowToHaveBeenAskedBefore(Metric metric) {
        double[] inOrder = TriedRows.near().each(metric::compute);
        ScoredRows rows = TriedRows.near();
        for (int row = rows.size() - 1; row >= 0; row--) {
            assertThat(metric.compute(new RowContext(rows, row)))
                    .as("%s of row %d", metric.key(), row)
                    .isEqualTo(inOrder[row]);
        }
    }
}
