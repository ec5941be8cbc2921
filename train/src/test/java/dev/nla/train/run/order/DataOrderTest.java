package dev.nla.train.run.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Protects that data order and seeds depend on seed and step alone, and that an epoch sees every row once. */
class DataOrderTest {
    @Property(tries = 200)
    void everyEpochSeesEveryRowOnce(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 70) int size) {
        DataOrder order = new DataOrder(seed, rows, size);
        for (int epoch = 0; epoch < 3; epoch++) {
            int first = epoch * order.stepsPerEpoch();
            int[] seen = IntStream.range(first, first + order.stepsPerEpoch())
                    .flatMap(step -> Arrays.stream(order.rows(step)))
                    .sorted()
                    .toArray();
            assertThat(seen).isEqualTo(IntStream.range(0, rows).toArray());
        }
    }

    @Test
    void aStepsRowsDoNotDependOnTheStepsBefore() {
        DataOrder walked = new DataOrder(3, 100, 7);
        for (int step = 0; step < 40; step++) {
            assertThat(new DataOrder(3, 100, 7).rows(step)).isEqualTo(walked.rows(step));
        }
        assertThat(walked.rows(39)).isNotEqualTo(new DataOrder(4, 100, 7).rows(39));
        assertThat(walked.rows(0)).isNotEqualTo(walked.rows(walked.stepsPerEpoch()));
    }

    @Test
    void rowsAreCutIntoBatches() {
        assertThat(DataOrder.split(new int[] {5, 6, 7, 8, 9}, 2))
                .containsExactly(new int[] {5, 6}, new int[] {7, 8}, new int[] {9});
    }

    @Test
    void seedsDifferByStepPurposeAndRun() {
        StepSeeds seeds = new StepSeeds(1);
        assertThat(seeds.at(5, "dropout")).isEqualTo(new StepSeeds(1).at(5, "dropout"));
        assertThat(seeds.at(5, "dropout"))
                .isNotIn(seeds.at(6, "dropout"), seeds.at(5, "sampling"), new StepSeeds(2).at(5, "dropout"));
        assertThat(IntStream.range(0, 1000).map(step -> seeds.intAt(step, "dropout")))
                .allMatch(seed -> seed >= 0)
                .doesNotHaveDuplicates();
    }
}
