package dev.nla.train.config;

import dev.nla.model.InputException;
import dev.nla.reward.RewardTerms;

/** Which rewards from outside there are for a run's settings to name, so that one that lacks is refused before anything is loaded. */
final class KnownRewards {
    static final String KEY = "reward_terms";

    private KnownRewards() {}

    /**
     * Checks the names of a run's terms.
     *
     * @throws InputException (usage) when one of them is not on the class path
     */
    static void requireKnown(TrainConfig config) {
        if (config instanceof GrpoConfig grpo && !grpo.reward().rewardTerms().isEmpty()) {
            RewardTerms installed = RewardTerms.installed();
            grpo.reward().rewardTerms().keySet().forEach(installed::named);
        }
    }
}
