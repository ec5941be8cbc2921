package dev.nla.model.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Protects the correction for many questions, against numbers worked out by hand and against what must hold of any. */
class HolmTest {
    @Example
    void agreesWithNumbersWorkedOutByHand() {
        Map<String, Double> adjusted = Holm.adjusted(ordered(0.01, 0.04, 0.03, 0.005));
        assertThat(adjusted.keySet()).containsExactly("0", "1", "2", "3");
        assertThat(adjusted.get("3")).isCloseTo(0.02, within(1e-15)); // 4 times
        assertThat(adjusted.get("0")).isCloseTo(0.03, within(1e-15)); // 3 times
        assertThat(adjusted.get("2")).isCloseTo(0.06, within(1e-15)); // twice
        assertThat(adjusted.get("1")).isCloseTo(0.06, within(1e-15)); // once, but not below the one before
    }

    @Example
    void isCappedAtOne() {
        assertThat(Holm.adjusted(ordered(0.6, 0.7)).values()).containsExactly(1.0, 1.0);
    }

    @Example
    void oneQuestionNeedsNoCorrection() {
        assertThat(Holm.adjusted(ordered(0.04)).values()).containsExactly(0.04);
        assertThat(Holm.adjusted(Map.of())).isEmpty();
    }

    @Example
    void refusesWhatIsNoProbability() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> Holm.adjusted(Map.of("recall", wrong)))
                    .withMessageContaining("recall: the p-value is " + wrong);
        }
    }

    @Property(tries = 200)
    void keepsTheOrderAndStaysBetweenTheRawAndBonferroni(
            @ForAll @Size(max = 12) List<@DoubleRange(max = 1) Double> pValues) {
        List<Double> adjusted = new ArrayList<>(
                Holm.adjusted(ordered(pValues.toArray(Double[]::new))).values());
        for (int i = 0; i < pValues.size(); i++) {
            assertThat(adjusted.get(i)).isBetween(pValues.get(i), Math.min(1, pValues.get(i) * pValues.size()));
            for (int j = 0; j < pValues.size(); j++) {
                if (pValues.get(i) <= pValues.get(j)) {
                    assertThat(adjusted.get(i)).isLessThanOrEqualTo(adjusted.get(j));
                }
            }
        }
    }

    /** P-values by their place. */
    private static Map<String, Double> ordered(Double... pValues) {
        Map<String, Double> byPlace = new LinkedHashMap<>();
        for (Double p : pValues) {
            byPlace.put(Integer.toString(byPlace.size()), p);
        }
        return byPlace;
    }
}
