package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Protects the descriptions that rows are compared with: another row's, one for all, and the nearest training row's. */
class DescriptionControlsTest {
    @Property(tries = 200)
    void noRowKeepsItsOwnAndNoneIsLost(@ForAll @IntRange(min = 2, max = 40) int size, @ForAll long seed) {
        List<Integer> rows = IntStream.range(0, size).boxed().toList();
        List<Integer> shuffled = DescriptionControls.shuffled(rows, seed);
        assertThat(shuffled).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(rows).noneMatch(row -> shuffled.get(row).equals(row));
        assertThat(DescriptionControls.shuffled(rows, seed)).isEqualTo(shuffled);
    }

    @Test
    void oneRowCannotBeShuffled() {
        assertThatThrownBy(() -> DescriptionControls.shuffled(List.of("fox"), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 2");
    }

    @Test
    void theGenericOneSharesMostWordsWithTheOthers() {
        List<String> training = List.of("a blue hen", "a red fox", "a red hen", "something else");
        assertThat(DescriptionControls.generic(training, 1)).isEqualTo("a red hen");
    }

    @Test
    void itselfDoesNotMakeADescriptionTypical() {
        assertThat(DescriptionControls.generic(List.of("lonely", "red fox", "red hen"), 1))
                .isEqualTo("red fox");
        assertThat(DescriptionControls.generic(List.of("only one"), 1)).isEqualTo("only one");
        assertThatThrownBy(() -> DescriptionControls.generic(List.of(), 1)).isInstanceOf(InputException.class);
    }

    @Test
    void manyAreComparedWithASample() {
        List<String> training = new ArrayList<>(Collections.nCopies(1500, "a red fox runs"));
        IntStream.range(0, 500).forEach(i -> training.add(i % 1500, "rare" + i));
        assertThat(DescriptionControls.generic(training, 3)).isEqualTo("a red fox runs");
    }

    @Test
    void everyRowGetsItsNearestTrainingDescription() {
        List<String> training = List.of("zero", "one", "two");
        assertThat(DescriptionControls.nearest(training, new int[] {2, 0, 2})).containsExactly("two", "zero", "two");
        assertThatThrownBy(() -> DescriptionControls.nearest(training, new int[] {0, 3}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("row 1: 3, expected 0 to 2");
    }
}
