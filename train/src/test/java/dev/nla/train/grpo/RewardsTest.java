package dev.nla.train.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.gap.Cosine;
import dev.nla.model.generation.Completion;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.reward.BatchRewards;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects where negatives come from, and the order of what descriptions earn. */
class RewardsTest {
    private static final int SEEDS = 200;

    @TempDir
    private static Path folder;

    private final TinyWorld world = TinyWorld.trained(folder);
    private TrainingInputs inputs;

    @BeforeEach
    void open() {
        GrpoConfig any = world.grpo(Stage.GRPO, "none");
        inputs = TrainingInputs.open(any.run(), any.report());
    }

    @AfterEach
    void close() {
        inputs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"centered", "raw"})
    void hardNegativesAreDrawnFromTheNearestTrainRowsAndFromAllOfThem(String similarity) {
        Rewards rewards = rewards(Stage.HARDNEG, "similarity=" + similarity, "neighbors=7");
        for (int row : new int[] {0, 11, 39}) {
            assertThat(drawn(rewards, row, 3)).as("row " + row).isEqualTo(nearest(row, 7, similarity));
        }
    }

    @Test
    void randomNegativesAreAnyOtherTrainRow() {
        Set<Integer> others = Arrays.stream(inputs.data().trainRows()).boxed().collect(Collectors.toSet());
        others.remove(5);
        assertThat(drawn(rewards(Stage.GRPO), 5, 3)).isEqualTo(others);
    }

    @Test
    void mixedNegativesHaveANearHalf() {
        Rewards rewards = rewards(Stage.GRPO, "negative_pool=mixed", "neighbors=4", "negatives=4");
        Set<Integer> near = nearest(5, 4, "centered");
        for (int seed = 0; seed < SEEDS; seed++) {
            int[] drawn = rewards.negatives(5, seed);
            assertThat(drawn).hasSize(4).doesNotHaveDuplicates();
            assertThat(near).contains(drawn[0], drawn[1]);
        }
    }

    @Test
    void aRewardOfTheOwnRowAloneNeedsNoNegatives() {
        assertThat(rewards(Stage.GRPO, "reward=round_trip").negatives(5, 1)).isEmpty();
    }

    @Test
    void theRewardIsTheGapToTheHardestNegative() {
        Rewards rewards = rewards(Stage.HARDNEG);
        float[] reconstruction = inputs.data().activation(9);
        BatchRewards earned = rewards.of(
                rollouts(new int[] {4, 4}, good("red fox"), good("old sea")),
                new float[][] {reconstruction, inputs.data().activation(4)},
                77);
        Cosine cosine = Cosine.centered(inputs.data().mean());
        double own = cosine.between(reconstruction, inputs.data().activation(4));
        double hardest = Arrays.stream(rewards.negatives(4, 77))
                .mapToDouble(row -> cosine.between(reconstruction, inputs.data().activation(row)))
                .max()
                .orElseThrow();
        assertThat(earned.rewards()[0]).isCloseTo(own - hardest, within(1e-12));
        assertThat(earned.rewards()[1]).isGreaterThan(earned.rewards()[0]);
    }

    @Test
    void theRoundTripCanStandBesideTheGap() {
        float[][] reconstruction = {inputs.data().activation(9)};
        Rollouts one = rollouts(new int[] {4}, good("red fox"));
        double gap = rewards(Stage.HARDNEG).of(one, reconstruction, 77).rewards()[0];
        double both = rewards(Stage.HARDNEG, "round_trip_weight=0.5")
                .of(one, reconstruction, 77)
                .rewards()[0];
        double own = Cosine.centered(inputs.data().mean())
                .between(reconstruction[0], inputs.data().activation(4));
        assertThat(both).isCloseTo(gap + 0.5 * own, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "round_trip,cosine",
        "round_trip,mse",
        "round_trip,log_mse",
        "contrastive,cosine",
        "hard_negative,cosine",
        "info_nce,cosine"
    })
    void whatCannotBeReadEarnsLessThanAnyValidDescription(String reward, String metric) {
        Rewards rewards = rewards(
                Stage.GRPO, "reward=" + reward, "reward_metric=" + metric, "repetition_weight=1", "length_weight=1");
        float[] opposite = inputs.data().activation(0);
        for (int k = 0; k < opposite.length; k++) {
            opposite[k] = -opposite[k];
        }
        Description repeated = good("a b c a b c a b c a b c " + "long ".repeat(60));
        BatchRewards earned = rewards.of(
                rollouts(
                        new int[] {0, 0, 0, 1, 1, 1},
                        good("red fox"),
                        bad(),
                        repeated,
                        bad(),
                        good("fox"),
                        good("<b>")),
                new float[][] {
                    inputs.data().activation(0), inputs.data().activation(0), opposite, opposite, opposite, opposite
                },
                3);
        double[] values = earned.rewards();
        double worst = Arrays.stream(new double[] {values[0], values[2], values[4], values[5]})
                .min()
                .orElseThrow();
        assertThat(values[1]).isLessThan(worst - 1e-4).isEqualTo(values[3]);
        assertThat(earned.unparseable()).isEqualTo(2);
    }

    @Test
    void theLengthThatCountsIsThatOfTheTextWithoutItsClosingTag() {
        Rewards rewards = rewards(Stage.GRPO, "reward=round_trip", "length_weight=1", "target_length=7");
        BatchRewards earned = rewards.of(
                rollouts(new int[] {0, 0}, good("red fox"), good("red foxes")),
                new float[][] {inputs.data().activation(0), inputs.data().activation(0)},
                3);
        assertThat(earned.rewards()[0]).isCloseTo(1, within(1e-9));
        assertThat(earned.rewards()[1]).isCloseTo(1 - 2 / 7.0, within(1e-9));
    }

    private Rewards rewards(Stage stage, String... settings) {
        GrpoConfig config = world.grpo(stage, "none", settings);
        return new Rewards(
                config.reward(),
                config.reconstructorLoss().infoNceTemperature(),
                7,
                inputs.data(),
                inputs.decoder().manager());
    }

    private static Set<Integer> drawn(Rewards rewards, int row, int count) {
        Set<Integer> all = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            int[] drawn = rewards.negatives(row, seed);
            assertThat(drawn).hasSize(count).doesNotHaveDuplicates();
            Arrays.stream(drawn).forEach(all::add);
        }
        return all;
    }

    private Set<Integer> nearest(int row, int count, String similarity) {
        Cosine cosine = similarity.equals("raw")
                ? Cosine.raw()
                : Cosine.centered(inputs.data().mean());
        return Arrays.stream(inputs.data().trainRows())
                .boxed()
                .filter(other -> other != row)
                .sorted(Comparator.comparingDouble(other -> -cosine.between(
                        inputs.data().activation(row), inputs.data().activation(other))))
                .limit(count)
                .collect(Collectors.toSet());
    }

    private static Rollouts rollouts(int[] rows, Description... descriptions) {
        return new Rollouts(rows, rows.length, new ArrayList<>(List.of(descriptions)));
    }

    private static Description good(String text) {
        return new Description(text, Optional.empty(), completion(true));
    }

    private static Description bad() {
        return new Description("never closed", Optional.of(Explanation.Defect.UNCLOSED), completion(false));
    }

    private static Completion completion(boolean stopped) {
        return new Completion(new long[] {1, 2, 3}, new float[3], stopped);
    }
}
