package org.example.nla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.reward.Attempt;
import dev.nla.reward.Reward;
import dev.nla.reward.RewardTerms;
import dev.nla.reward.testing.RewardContract;
import dev.nla.reward.text.TextFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects the example: it keeps what every reward must, its jar makes it known to the program, and it counts what it says. */
class HedgePenaltyTest extends RewardContract {
    private static final float[] VECTOR = {1, 2};

    @Override
    protected List<Reward> rewards() {
        return List.of(new HedgePenalty());
    }

    @Test
    void isFoundByTheProgram() {
        assertThat(RewardTerms.installed().named("hedging")).isInstanceOf(HedgePenalty.class);
    }

    @Test
    void takesThePartOfWordsThatHedge() {
        assertThat(score("A goat, maybe. It might climb")).isEqualTo(-2 / 6.0);
        assertThat(score("A goat climbs.")).isZero();
    }

    private static double score(String text) {
        return new HedgePenalty().score(new Attempt(VECTOR, VECTOR, new float[0][], TextFacts.of(text, 9)));
    }
}
