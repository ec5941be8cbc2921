package dev.nla.reward.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Draws are seeded, never repeat or hit the row itself, and favour nobody. */
class NegativeDrawTest {
    @Property(tries = 200)
    void drawsDifferentOtherRows(
            @ForAll @IntRange(min = 2, max = 30) int population,
            @ForAll @IntRange(max = 29) int at,
            @ForAll long seed) {
        int row = at % population;
        int count = 1 + at % (population - 1);
        NegativeDraw draw = new NegativeDraw.AnyRow(population, count);
        int[] drawn = draw.draw(row, seed);
        assertThat(drawn).hasSize(count).doesNotHaveDuplicates().doesNotContain(row);
        assertThat(Arrays.stream(drawn)).allMatch(other -> other >= 0 && other < population);
        assertThat(draw.draw(row, seed)).isEqualTo(drawn);
    }

    @Test
    void drawsFromTheNearestOnly() {
        int[][] neighbours = {{5, 7, 9, 11}, {2, 3, 4, 6}};
        NegativeDraw draw = new NegativeDraw.Nearest(neighbours, 3);
        int[] seen = new int[12];
        for (long seed = 0; seed < 4000; seed++) {
            int[] drawn = draw.draw(0, seed);
            assertThat(drawn).hasSize(3).doesNotHaveDuplicates();
            Arrays.stream(drawn).forEach(row -> seen[row]++);
        }
        for (int row : neighbours[0]) {
            assertThat(seen[row] / 4000.0).isCloseTo(0.75, within(0.04));
        }
        assertThat(Arrays.stream(seen).sum()).isEqualTo(12000);
    }

    @Test
    void mixesNearAndFar() {
        int[][] neighbours = {{1, 2, 3}, {0, 2, 3}};
        NegativeDraw draw =
                new NegativeDraw.Mixed(new NegativeDraw.Nearest(neighbours, 2), new NegativeDraw.AnyRow(7, 4));
        assertThat(draw.count()).isEqualTo(6);
        for (long seed = 0; seed < 200; seed++) {
            int[] drawn = draw.draw(0, seed);
            assertThat(drawn).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6).isEqualTo(draw.draw(0, seed));
            assertThat(Arrays.stream(drawn).limit(2)).allMatch(near -> near <= 3);
        }
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new NegativeDraw.AnyRow(3, 3))
                .withMessageContaining("3 negatives a row asked from 2 other rows");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new NegativeDraw.Nearest(new int[][] {{1, 2}}, 3))
                .withMessageContaining("3 negatives a row asked from 2 neighbours");
    }
}
