package dev.nla.reward.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.reward.Attempt;
import dev.nla.reward.Reward;
import dev.nla.reward.text.TextFacts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every reward. Extend it with a class whose name ends in {@code Test} and give your rewards:
 *
 * <pre>{@code
 * class MyRewardTest extends RewardContract {
 *     protected List<Reward> rewards() {
 *         return List.of(new MyReward());
 *     }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RewardContract {
    private static final int D = 6;
    private static final int ATTEMPTS = 200;

    /** The rewards that are tried, at least one. */
    protected abstract List<Reward> rewards();

    /** Those of them that are asked where no negatives are drawn too: every reward from outside may be. */
    protected List<Reward> withoutNegatives() {
        return rewards();
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void hasANameThatSettingsAndLogsCanHold(Reward reward) {
        assertThat(reward.name()).matches("[a-z][a-z0-9_]*");
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void isFinite(Reward reward) {
        for (long seed = 0; seed < ATTEMPTS; seed++) {
            assertThat(reward.score(Attempts.random(D, 3, seed)))
                    .as("attempt %d", seed)
                    .isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void isFiniteAtThePerfectAndTheWorstReconstruction(Reward reward) {
        float[] target = {1, 2, 3, 4, 5, 6};
        float[] opposite = {-1, -2, -3, -4, -5, -6};
        float[][] negatives = {target, opposite};
        for (float[] reconstruction : List.of(target, opposite)) {
            assertThat(reward.score(new Attempt(reconstruction, target, negatives, Attempts.PLAIN)))
                    .isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void isFiniteWhateverTheText(Reward reward) {
        Attempt attempt = Attempts.random(D, 3, 0);
        for (String text :
                List.of("", " ", ".", "word", "\uD83D\uDC10 \u0645\u0627\u0639\u0632", "one two ".repeat(500))) {
            TextFacts facts = TextFacts.of(text, text.split(" ").length);
            assertThat(reward.score(
                            new Attempt(attempt.reconstruction(), attempt.target(), attempt.negatives(), facts)))
                    .as("'%s'", text)
                    .isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("withoutNegatives")
    void isFiniteWithoutNegatives(Reward reward) {
        assertThat(reward.score(Attempts.random(D, 0, 0))).isFinite();
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void paysEqualAttemptsAlikeInWhateverOrderTheyCome(Reward reward) {
        double[] first = new double[ATTEMPTS];
        for (int seed = 0; seed < ATTEMPTS; seed++) {
            first[seed] = reward.score(Attempts.random(D, 3, seed));
        }
        for (int seed = ATTEMPTS - 1; seed >= 0; seed--) {
            assertThat(reward.score(Attempts.random(D, 3, seed)))
                    .as("attempt %d", seed)
                    .isEqualTo(first[seed]);
        }
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void leavesAttemptsAsTheyWere(Reward reward) {
        for (long seed = 0; seed < ATTEMPTS; seed++) {
            Attempt attempt = Attempts.random(D, 3, seed);
            reward.score(attempt);
            Attempt untouched = Attempts.random(D, 3, seed);
            assertThat(attempt.reconstruction()).isEqualTo(untouched.reconstruction());
            assertThat(attempt.target()).isEqualTo(untouched.target());
            assertThat(Arrays.deepEquals(attempt.negatives(), untouched.negatives()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void doesNotMindTheOrderOfNegatives(Reward reward) {
        for (long seed = 0; seed < ATTEMPTS; seed++) {
            Attempt a = Attempts.random(D, 3, seed);
            float[][] turned = {a.negatives()[2], a.negatives()[0], a.negatives()[1]};
            assertThat(reward.score(new Attempt(a.reconstruction(), a.target(), turned, a.text())))
                    .isCloseTo(reward.score(a), within(1e-12));
        }
    }
}
