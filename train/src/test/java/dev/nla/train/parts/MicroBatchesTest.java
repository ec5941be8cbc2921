package dev.nla.train.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects how a step is cut: every row once, within both limits, and no more parts than greed by length needs. */
class MicroBatchesTest {
    @Test
    void putsRowsOfLikeLengthTogether() {
        int[] lengths = {30, 10, 31, 11, 12};
        List<int[]> parts = new MicroBatches(8, 64).of(IntStream.range(0, 5), i -> lengths[i]);
        assertThat(parts).containsExactly(new int[] {1, 3, 4}, new int[] {0, 2});
    }

    @Property(tries = 200)
    void takesEveryRowOnceWithinBothLimits(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 90) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 10) int rows,
            @ForAll @IntRange(min = 1, max = 200) int tokens) {
        List<int[]> parts = new MicroBatches(rows, tokens).of(IntStream.range(0, lengths.size()), lengths::get);
        assertThat(parts.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, lengths.size()).toArray());
        for (int[] part : parts) {
            int longest = Arrays.stream(part).map(lengths::get).max().orElseThrow();
            assertThat(part.length).isLessThanOrEqualTo(rows);
            assertThat(part.length == 1 || (long) part.length * longest <= tokens)
                    .isTrue();
        }
    }
}
