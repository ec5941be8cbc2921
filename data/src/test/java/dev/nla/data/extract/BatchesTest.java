package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects that batches hold every text once and stay within the token budget. */
class BatchesTest {
    @Property(tries = 200)
    void everyTextIsInOneBatchWithinTheBudget(
            @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 90) Integer> given,
            @ForAll @IntRange(min = 1, max = 300) int budget) {
        int[] lengths = given.stream().mapToInt(Integer::intValue).toArray();
        List<int[]> batches = Batches.of(lengths, budget);
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, lengths.length).toArray());
        for (int[] batch : batches) {
            int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
            assertThat(batch.length == 1 || batch.length * longest <= budget).isTrue();
        }
    }

    @Test
    void theLongestComeFirstAndEqualOnesInOrder() {
        assertThat(Batches.of(new int[] {5, 9, 5, 2, 9}, 18)).containsExactly(new int[] {1, 4}, new int[] {0, 2, 3});
    }
}
