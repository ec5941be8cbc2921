package dev.nla.model.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Protects what the intervals are over: whole documents, the same draws for every statistic, and a seed that decides them. */
class DocumentBootstrapTest {
    private static final DocumentBootstrap BOOTSTRAP = new DocumentBootstrap(1000, 7);
    private static final Grouped ROWS = Grouped.draw(101, 5, Grouped.NORMAL, 1);
    private static final DocumentDraws DRAWS = BOOTSTRAP.of(ROWS.documents());

    @Test
    void sameSeedSameInterval() {
        Estimate again = BOOTSTRAP.of(ROWS.documents()).mean("gap", ROWS.values());
        Estimate other = new DocumentBootstrap(1000, 8).of(ROWS.documents()).mean("gap", ROWS.values());
        assertThat(DRAWS.mean("gap", ROWS.values())).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        List<String> documents = new ArrayList<>(ROWS.documentOfRow());
        List<Double> values =
                new ArrayList<>(Arrays.stream(ROWS.values()).boxed().toList());
        Collections.reverse(documents);
        Collections.reverse(values);
        double[] reversed = values.stream().mapToDouble(value -> value).toArray();
        same(
                BOOTSTRAP.of(Documents.of(documents)).mean("gap", reversed),
                BOOTSTRAP.of(ROWS.documents()).mean("gap", ROWS.values()));
    }

    @Test
    void rowsOfADocumentAreDrawnTogether() {
        DocumentDraws draws = BOOTSTRAP.of(Documents.of(List.of("a", "b", "a", "b", "c", "c")));
        double[] evenInEveryDocument = {1, -5, -1, 5, 2, -2};
        assertThat(draws.mean("gap", evenInEveryDocument).ci95()).contains(new Interval(0, 0));
        assertThat(interval(BOOTSTRAP.of(Documents.each(6)), evenInEveryDocument)
                        .high())
                .isGreaterThan(1);
    }

    @Test
    void isAsWideAsTheStandardErrorOfDocumentsSays() {
        Grouped alone = Grouped.draw(2500, 1, Grouped.NORMAL, 2);
        Interval interval = interval(new DocumentBootstrap(4000, 3).of(alone.documents()), alone.values());
        assertThat(width(interval)).isCloseTo(2 * 1.96 * Math.sqrt(2) / 50, within(0.006));
    }

    @Test
    void aRatioWeighsRowsByTheirDenominators() {
        Estimate estimate = BOOTSTRAP
                .of(Documents.of(List.of("a", "a", "b")))
                .ratio("precision", new double[] {1, 0, 50}, new double[] {2, 0, 100});
        assertThat(estimate).isEqualTo(estimate(0.5, 0.5, 0.5));
    }

    @Test
    void aRatioOfNothingHasNeitherValueNorInterval() {
        Estimate estimate =
                BOOTSTRAP.of(Documents.of(List.of("a", "b"))).ratio("precision", new double[2], new double[2]);
        assertThat(estimate.value()).isNaN();
        assertThat(estimate.ci95()).isEmpty();
    }

    @Test
    void aRatioOverOnesIsTheMean() {
        double[] ones = new double[ROWS.values().length];
        Arrays.fill(ones, 1);
        assertThat(DRAWS.ratio("gap", ROWS.values(), ones)).isEqualTo(DRAWS.mean("gap", ROWS.values()));
    }

    @Test
    void aDifferenceIsTheMeanOfDifferencesAndTighterThanUnpaired() {
        double[] better = ROWS.shifted(0.1, 0.2, 3);
        double[] differences = new double[better.length];
        Arrays.setAll(differences, row -> better[row] - ROWS.values()[row]);
        Estimate paired = DRAWS.difference("gap", better, ROWS.values());
        same(paired, DRAWS.mean("gap", differences));
        double unpaired = Math.hypot(width(interval(DRAWS, better)), width(interval(DRAWS, ROWS.values())));
        assertThat(width(paired.ci95().orElseThrow())).isLessThan(unpaired / 4);
        assertThat(paired.ci95().orElseThrow().low()).isPositive();
    }

    @Test
    void manyTogetherAreWhatEachIsAlone() {
        double[] other = ROWS.shifted(1, 1, 4);
        double[] weights = ROWS.shifted(9, 0, 5);
        Statistic mean = Statistic.mean(other);
        Statistic ratio = Statistic.ratio(ROWS.values(), weights);
        Map<String, Statistic> asked = new LinkedHashMap<>();
        asked.put("ratio", ratio);
        asked.put("mean", mean);
        asked.put("difference", Statistic.difference(mean, ratio));
        Map<String, Estimate> estimates = DRAWS.all(asked);
        assertThat(estimates).containsOnlyKeys("ratio", "mean", "difference");
        assertThat(estimates.keySet()).containsExactlyElementsOf(asked.keySet());
        assertThat(estimates.get("ratio")).isEqualTo(DRAWS.ratio("ratio", ROWS.values(), weights));
        assertThat(estimates.get("mean")).isEqualTo(DRAWS.mean("mean", other));
        assertThat(estimates.get("difference").value())
                .isEqualTo(
                        estimates.get("mean").value() - estimates.get("ratio").value());
    }

    @Test
    void refusesNamingTheMetric() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> DRAWS.all(Map.of("recall", Statistic.mean(new double[3]))))
                .withMessageContaining("recall: 3 values");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new DocumentBootstrap(0, 1))
                .withMessageContaining("resamples are 0");
    }

    private static Estimate estimate(double value, double low, double high) {
        return new Estimate(value, Optional.of(new Interval(low, high)));
    }

    private static Interval interval(DocumentDraws draws, double[] values) {
        return draws.mean("gap", values).ci95().orElseThrow();
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }

    private static void same(Estimate one, Estimate other) {
        assertThat(one.value()).isCloseTo(other.value(), within(1e-12));
        assertThat(one.ci95().orElseThrow().low())
                .isCloseTo(other.ci95().orElseThrow().low(), within(1e-12));
        assertThat(one.ci95().orElseThrow().high())
                .isCloseTo(other.ci95().orElseThrow().high(), within(1e-12));
    }
}
