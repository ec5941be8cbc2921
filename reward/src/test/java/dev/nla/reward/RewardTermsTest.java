package dev.nla.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.gap.Cosine;
import dev.nla.reward.testing.Attempts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects runs from rewards from outside that settings and logs could not tell from others, and from numbers that would end training. */
class RewardTermsTest {
    private record Constant(String name, double value) implements Reward {
        @Override
        public double score(Attempt attempt) {
            return value;
        }
    }

    static Stream<Reward> rewardsThatComeAlong() {
        Stream<Cosine> cosines = Stream.of(Cosine.raw(), Cosine.centered(new float[] {1, 0}));
        Stream<Reward> ofVectors = cosines.flatMap(cosine -> Stream.of(
                new CosineReward(cosine),
                new InfoNce(cosine, 1),
                new AgainstNegatives(cosine, new Aggregate.Max()),
                new AgainstNegatives(cosine, new Aggregate.Mean()),
                new AgainstNegatives(cosine, new Aggregate.SoftMax(1))));
        return Stream.concat(
                ofVectors,
                Stream.of(
                        new NegativeMse(1),
                        new NegativeLogMse(1),
                        new FormatPenalty(),
                        new RepetitionPenalty(),
                        new LengthPenalty(0, 1, 1),
                        new Mixture(List.of(new Weighted(1, new FormatPenalty())))));
    }

    @ParameterizedTest
    @MethodSource("rewardsThatComeAlong")
    void namesOfThoseThatComeAlongAreTaken(Reward reward) {
        assertRefused(List.of(new Constant(reward.name(), 0)), "the name is taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hedging", "two words", "9lives", "a/b"})
    void namesThatSettingsCannotHoldAreRefused(String name) {
        assertRefused(List.of(new Constant(name, 0)), "expected small letters");
    }

    @Test
    void twoOfOneNameAreRefused() {
        assertRefused(
                List.of(new Constant("a", 0), new Constant("a", 1)),
                "reward a of dev.nla.reward.RewardTermsTest$Constant");
    }

    private static void assertRefused(List<Reward> rewards, String why) {
        assertThatThrownBy(() -> new RewardTerms(rewards))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatThereAre() {
        RewardTerms terms = new RewardTerms(List.of(new Constant("zeal", 0), new Constant("calm", 0)));
        assertThat(terms.named("calm").name()).isEqualTo("calm");
        assertThatThrownBy(() -> terms.named("clam"))
                .isInstanceOf(InputException.class)
                .hasMessage("reward_terms names 'clam', expected one of calm, zeal");
        assertThatThrownBy(() -> new RewardTerms(List.of()).named("clam"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none on the class path");
    }

    @Test
    void aRewardThatIsNoNumberIsRefusedWithItsNameAndTheText() {
        Attempt attempt = Attempts.random(3, 1, 7);
        for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> BatchRewards.of(
                            new Constant("odd", value),
                            List.of(attempt),
                            new UnparseableFloor(OptionalDouble.empty(), 1)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("reward odd of")
                    .hasMessageContaining("Text 7");
        }
    }
}
