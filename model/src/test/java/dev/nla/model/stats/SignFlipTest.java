package dev.nla.model.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the paired test: exact where it can be, honest where nothing differs, sharp where something does. */
class SignFlipTest {
    private static final SignFlip TEST = new SignFlip(SignFlip.DEFAULT_FLIPS, 3);

    @Test
    void fewDocumentsAreEnumerated() {
        // of |3 +- 2 +- 1|, with either sign of 3: 6 and 4 are as large as 4, 2 and 0 are not
        assertThat(pValue(3, 2, -1)).isEqualTo(0.5);
        assertThat(pValue(1, 1, 1)).isEqualTo(2 / 8.0);
        assertThat(pValue(new double[12])).isEqualTo(1);
        double[] alike = new double[12];
        Arrays.fill(alike, 0.1);
        assertThat(pValue(alike)).isEqualTo(2 / 4096.0);
    }

    @Test
    void drawnFlipsAgreeWithEnumeratedOnes() {
        double[] differences = {0.9, -0.2, 0.4, 0.1, -0.5, 0.7, 0.3, -0.1, 0.2, 0.6, -0.8, 0.5};
        double[] oneMoreThatWeighsNothing = Arrays.copyOf(differences, 13);
        assertThat(pValue(oneMoreThatWeighsNothing)).isCloseTo(pValue(differences), within(0.02));
    }

    @Test
    void theDifferenceItselfCountsAsAFlip() {
        double[] alike = new double[200];
        Arrays.fill(alike, 1);
        assertThat(pValue(alike)).isEqualTo(1 / 10_001.0);
        assertThat(pValue(new double[200])).isEqualTo(1);
    }

    @Test
    void rowsOfADocumentAreFlippedTogether() {
        Documents one = Documents.of(List.of("a", "a", "a", "a"));
        assertThat(TEST.pValue("gap", one, new double[] {1, 2, 3, 4}, new double[4]))
                .isEqualTo(1);
    }

    @Test
    void isUniformWhereNothingDiffers() {
        double[] pValues = IntStream.range(0, 600)
                .mapToDouble(dataset -> {
                    Grouped rows = Grouped.draw(30, 4, Grouped.SKEWED, 1_000_000 + dataset);
                    double[] first = rows.shifted(0, 1, dataset);
                    double[] second = rows.shifted(0, 1, ~dataset);
                    return new SignFlip(499, dataset).pValue("gap", rows.documents(), first, second);
                })
                .toArray();
        for (double level : new double[] {0.05, 0.2, 0.5, 0.8}) {
            double below = Arrays.stream(pValues).filter(p -> p <= level).count() / (double) pValues.length;
            assertThat(below).isCloseTo(level, within(0.06));
        }
    }

    @Test
    void isSmallForARealDifferenceOfEitherSign() {
        Grouped rows = Grouped.draw(100, 4, Grouped.NORMAL, 1);
        double[] better = rows.shifted(0.2, 0.5, 2);
        assertThat(TEST.pValue("gap", rows.documents(), better, rows.values())).isLessThan(0.001);
        assertThat(TEST.pValue("gap", rows.documents(), rows.values(), better)).isLessThan(0.001);
    }

    @Test
    void sameSeedSameNumber() {
        Grouped rows = Grouped.draw(100, 4, Grouped.NORMAL, 1);
        double[] other = rows.shifted(0.02, 0.5, 2);
        double p = TEST.pValue("gap", rows.documents(), other, rows.values());
        assertThat(p).isEqualTo(TEST.pValue("gap", rows.documents(), other, rows.values()));
        assertThat(p)
                .isNotEqualTo(
                        new SignFlip(SignFlip.DEFAULT_FLIPS, 4).pValue("gap", rows.documents(), other, rows.values()));
    }

    @Test
    void refusesWhatIsNotPaired() {
        Documents two = Documents.of(List.of("a", "b"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TEST.pValue("gap", two, new double[2], new double[3]))
                .withMessageContaining("gap: 3 values for 2 rows");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TEST.pValue("gap", two, new double[] {0, Double.NaN}, new double[2]))
                .withMessageContaining("gap: row 1 is NaN");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> new SignFlip(0, 1));
    }

    /** Of differences that each come from a document of its own. */
    private static double pValue(double... differences) {
        List<String> names = IntStream.range(0, differences.length)
                .mapToObj(Integer::toString)
                .toList();
        return TEST.pValue("gap", Documents.of(names), differences, new double[differences.length]);
    }
}
