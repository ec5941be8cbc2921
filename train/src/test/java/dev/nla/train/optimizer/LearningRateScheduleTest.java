package dev.nla.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.train.config.run.LrSchedulerType;
import dev.nla.train.config.run.OptimizerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects that rates are those of transformers' schedules; the numbers come from its formulas, peak 1, 4 of 10 steps warm-up. */
class LearningRateScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "constant,             1 1 1 1 1 1 1 1 1 1 1",
        "constant_with_warmup, 0 0.25 0.5 0.75 1 1 1 1 1 1 1",
        "linear,               0 0.25 0.5 0.75 1 0.8333333333 0.6666666667 0.5 0.3333333333 0.1666666667 0",
        "cosine,               0 0.25 0.5 0.75 1 0.9330127019 0.75 0.5 0.25 0.0669872981 0",
    })
    void ratesEqualTransformers(String type, String rates) {
        LrSchedulerType parsed = LrSchedulerType.valueOf(type.toUpperCase(java.util.Locale.ROOT));
        LearningRateSchedule schedule = new LearningRateSchedule(parsed, 1, 4, 10);
        String[] expected = rates.split(" ");
        for (int step = 0; step < expected.length; step++) {
            assertThat(schedule.at(step))
                    .as("step " + step)
                    .isCloseTo(Double.parseDouble(expected[step]), within(1e-9));
        }
        assertThat(schedule.at(11)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void warmupComesFromStepsOrElseFromTheRatioRoundedUp() {
        assertThat(settings(0.1, 0).warmupSteps(101)).isEqualTo(11);
        assertThat(settings(0.1, 3).warmupSteps(101)).isEqualTo(3);
        assertThat(LearningRateSchedule.of(settings(0.5, 0), 8).at(2)).isEqualTo(0.5);
    }

    private static OptimizerSettings settings(double ratio, int steps) {
        return new OptimizerSettings(1, 0, 0.9, 0.999, 1e-8, 1, LrSchedulerType.LINEAR, ratio, steps, 10);
    }
}
