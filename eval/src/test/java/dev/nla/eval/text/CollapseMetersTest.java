package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects the meters of collapse: what each counts, and what they say where there is next to nothing to count. */
class CollapseMetersTest {
    private static final CollapseMeters METERS = new CollapseMeters("㈎", 1);

    @Test
    void distinctRatiosAreOverAllWords() {
        CollapseReport report = measure("A red fox.", "a red, red hen");
        assertThat(report.distinct1()).isEqualTo(4.0 / 7);
        assertThat(report.distinct2()).isEqualTo(4.0 / 5);
        assertThat(report.unique()).isEqualTo(1);
    }

    @Test
    void similarityIsTheMeanOverPairsOfRows() {
        CollapseReport report = measure("a red fox", "A RED hen", "one two");
        assertThat(report.similarity()).isCloseTo((2.0 / 4 + 0 + 0) / 3, within(1e-12));
    }

    @Test
    void descriptionsOfOneRowAreNotCompared() {
        List<List<Written>> rows = List.of(
                List.of(Written.parsed("red fox"), Written.parsed("red fox")),
                List.of(Written.parsed("blue hen"), Written.parsed("blue fox")));
        CollapseReport report = METERS.measure(rows);
        assertThat(report.similarity()).isCloseTo(2 * (0 + 1.0 / 3) / 4, within(1e-12));
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.descriptions()).isEqualTo(4);
        assertThat(report.unique()).isEqualTo(0.75);
    }

    @Test
    void manyRowsAreComparedByASeededSample() {
        List<List<Written>> rows = IntStream.range(0, 1000)
                .mapToObj(i -> List.of(Written.parsed(i % 2 == 0 ? "red" : "blue")))
                .toList();
        double similarity = METERS.measure(rows).similarity();
        assertThat(similarity).isCloseTo(499.0 / 999, within(0.01)).isNotEqualTo(499.0 / 999);
        assertThat(METERS.measure(rows).similarity()).isEqualTo(similarity);
        assertThat(new CollapseMeters("㈎", 2).measure(rows).similarity()).isNotEqualTo(similarity);
    }

    @Test
    void repetitionIsOfThreeWordsInARow() {
        CollapseReport report = measure("a b c a b c", "a b a b", "a b c d");
        assertThat(report.repeating()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(report.repetition()).isCloseTo(0.25 / 3, within(1e-12));
        assertThat(report.perRow().repetition()).containsExactly(0.25, 0, 0);
        assertThat(report.perRow().repeating()).containsExactly(1, 0, 0);
    }

    @Test
    void lengthsAreInWords() {
        CollapseReport report = measure("fox's tail, 2014", "", "one");
        assertThat(report.meanWords()).isCloseTo(5.0 / 3, within(1e-12));
        assertThat(report.minWords()).isZero();
        assertThat(report.maxWords()).isEqualTo(4);
        assertThat(report.perRow().words()).containsExactly(4, 0, 1);
    }

    @Test
    void brokenOnesAreCounted() {
        CollapseReport report = METERS.measure(List.of(
                List.of(new Written("cut off in the", false), Written.parsed("fine")),
                List.of(Written.parsed("a ㈎ inside"), Written.parsed("fine"))));
        assertThat(report.unparseable()).isEqualTo(0.25);
        assertThat(report.withMarker()).isEqualTo(0.25);
        assertThat(report.perRow().unparseable()).containsExactly(0.5, 0);
        assertThat(report.perRow().withMarker()).containsExactly(0, 0.5);
    }

    @Test
    void lettersOfOtherScriptsLeak() {
        CollapseReport report = measure("café • 12 µ ㈎", "狐狸 fox");
        assertThat(report.withNonLatin()).isEqualTo(0.5);
        assertThat(report.nonLatinLetters()).isEqualTo(2.0 / 10);
        assertThat(report.perRow().withNonLatin()).containsExactly(0, 1);
    }

    @Test
    void equalDescriptionsAreFullyCollapsed() {
        CollapseReport report = measure("red fox", "red fox", "red fox");
        assertThat(report.similarity()).isEqualTo(1);
        assertThat(report.unique()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(report.distinct1()).isCloseTo(2.0 / 6, within(1e-12));
    }

    @Test
    void nothingToCountIsNotDefined() {
        CollapseReport report = measure("");
        assertThat(report.distinct1()).isNaN();
        assertThat(report.distinct2()).isNaN();
        assertThat(report.similarity()).isNaN();
        assertThat(report.nonLatinLetters()).isNaN();
        assertThat(report.unique()).isEqualTo(1);
        assertThat(measure("", "").similarity()).isEqualTo(1);
    }

    @Test
    void rowsWithoutOrWithUnequalNumbersAreRefused() {
        Written one = Written.parsed("red");
        assertThatThrownBy(() -> METERS.measure(List.of())).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> METERS.measure(List.of(List.of()))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> METERS.measure(List.of(List.of(one), List.of(one, one))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("row 1 has 2 descriptions, expected 1");
    }

    @Property(tries = 200)
    void theOrderOfRowsDoesNotMatter(@ForAll @Size(min = 1, max = 8) List<String> texts) {
        List<String> reversed = new ArrayList<>(texts);
        Collections.reverse(reversed);
        CollapseReport there = measure(texts.toArray(String[]::new));
        CollapseReport back = measure(reversed.toArray(String[]::new));
        there.values().forEach((name, value) -> {
            if (value.isNaN()) {
                assertThat(back.values().get(name)).isNaN();
            } else {
                assertThat(back.values().get(name))
                        .isCloseTo(value, within(1e-9))
                        .isNotNegative();
            }
        });
    }

    private static CollapseReport measure(String... texts) {
        return METERS.measure(
                List.of(texts).stream().map(Written::parsed).map(List::of).toList());
    }
}
