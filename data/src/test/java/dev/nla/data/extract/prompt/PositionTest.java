package dev.nla.data.extract.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Protects which tokens of a prompt are kept. */
class PositionTest {
    private static Prompt prompt(int start, int length) {
        return new Prompt(new long[length], start, length - start);
    }

    @Test
    void lastAndAllAreWhatTheySay() {
        assertThat(Position.parse("last").choose(prompt(2, 7), "a", 0)).containsExactly(6);
        assertThat(Position.parse("all").choose(prompt(2, 7), "a", 0)).containsExactly(2, 3, 4, 5, 6);
    }

    @Property(tries = 300)
    void samplesAreDistinctAscendingAndInsideTheText(
            @ForAll @IntRange(min = 0, max = 20) int start,
            @ForAll @IntRange(min = 1, max = 50) int more,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll long seed) {
        int[] chosen = new Position.Sample(count).choose(prompt(start, start + more), "id", seed);
        assertThat(chosen).hasSize(Math.min(count, more));
        assertThat(Arrays.stream(chosen).distinct().sorted().toArray()).isEqualTo(chosen);
        assertThat(Arrays.stream(chosen).allMatch(at -> at >= start && at < start + more))
                .isTrue();
        assertThat(new Position.Sample(count).choose(prompt(start, start + more), "id", seed))
                .isEqualTo(chosen);
    }

    @Test
    void everyTokenIsSampledAboutAsOften() {
        int[] counts = new int[10];
        for (int i = 0; i < 4000; i++) {
            for (int at : new Position.Sample(3).choose(prompt(0, 10), "text-" + i, 5)) {
                counts[at]++;
            }
        }
        assertThat(Arrays.stream(counts).allMatch(count -> count > 1050 && count < 1350))
                .isTrue();
    }

    @Test
    void labelsGoThereAndBackAndOthersAreRefused() {
        for (String label : List.of("last", "all", "sample:4")) {
            assertThat(Position.parse(label).label()).isEqualTo(label);
        }
        for (String label : List.of("first", "sample:0", "sample:", "sample:-1", "sample:x")) {
            assertThatThrownBy(() -> Position.parse(label))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("position " + label);
        }
    }
}
