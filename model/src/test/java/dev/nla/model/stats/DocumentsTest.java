package dev.nla.model.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the grouping of rows: which belong together, what their sums are, and what is refused. */
class DocumentsTest {
    private static final Documents TWO = Documents.of(List.of("b", "a", "b"));

    @Test
    void rowsOfOneNameAreOneDocument() {
        assertThat(TWO.rows()).isEqualTo(3);
        assertThat(TWO.count()).isEqualTo(2);
        assertThat(IntStream.range(0, 3).map(TWO::ofRow)).containsExactly(1, 0, 1);
        assertThat(TWO.sizes()).containsExactly(1, 2);
        assertThat(TWO.sums("recall", new double[] {1, 10, 100})).containsExactly(10, 101);
    }

    @Test
    void fewerThanTwentyAreNotTrusted() {
        assertThat(Documents.of(names(19)).trusted()).isFalse();
        assertThat(Documents.of(names(20)).trusted()).isTrue();
        assertThat(new DocumentBootstrap(10, 1).of(TWO).trusted()).isFalse();
    }

    @Test
    void refusesRowsWithoutADocument() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Documents.of(List.of()))
                .withMessageContaining("no rows");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Documents.of(List.of("a", " ")))
                .withMessageContaining("row 1 has no document");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Documents.of(Arrays.asList(null, "a")))
                .withMessageContaining("row 0 has no document");
    }

    @Test
    void refusesValuesThatDoNotFitNamingMetricAndRow() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TWO.sums("recall", new double[2]))
                .withMessageContaining("recall: 2 values for 3 rows");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TWO.sums("recall", new double[] {0, Double.NaN, 0}))
                .withMessageContaining("recall: row 1 is NaN");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TWO.sums("gap", new double[] {0, 0, Double.POSITIVE_INFINITY}))
                .withMessageContaining("gap: row 2 is Infinity");
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "document " + i).toList();
    }
}
