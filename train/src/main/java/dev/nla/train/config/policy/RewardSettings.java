package dev.nla.train.config.policy;

import dev.nla.model.InputException;
import dev.nla.train.config.setting.Setting;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a description earns. */
public record RewardSettings(
        @Setting(value = "contrastive", meaning = "what a description earns")
        RewardKind reward,

        @Setting(value = "centered", meaning = "compare vectors as they are or about the train split's mean")
        Similarity similarity,

        @Setting(value = "cosine", meaning = "how nearness becomes a reward")
        RewardMetric rewardMetric,

        @Setting(value = "3", range = "[1, inf)", meaning = "negatives drawn a text")
        int negatives,

        @Setting(value = "random", meaning = "where negatives are drawn from")
        NegativePool negativePool,

        @Setting(value = "20", range = "[1, inf)", meaning = "nearest rows that count as neighbours")
        int neighbors,

        @Setting(value = "max", meaning = "how the nearness to several negatives becomes one number")
        NegativeAggregation aggregate,

        @Setting(
                value = "0",
                range = "[0, inf)",
                meaning = "weight of round_trip as a term beside another reward, which alone may move away from its own"
                        + " activation as long as it moves further from the negatives")
        double roundTripWeight,

        @Setting(value = "0", range = "[0, inf)", meaning = "weight of the penalty for repeated n-grams")
        double repetitionWeight,

        @Setting(value = "0", range = "[0, inf)", meaning = "weight of the penalty for missing target_length")
        double lengthWeight,

        @Setting(value = "64", range = "[1, inf)", meaning = "length without penalty, in tokens")
        int targetLength,

        @Setting(
                value = "1",
                range = "(0, inf)",
                meaning = "how far below every valid description an unreadable one earns")
        double formatPenalty,

        @Setting(
                value = "{}",
                range = "[0, inf)",
                meaning = "weights of rewards of your own beside it, by name; 0 to log one without training on it")
        Map<String, Double> rewardTerms) {
    /** Checks that something is earned, and that the pool can give so many negatives; sorts the terms. */
    public RewardSettings {
        rewardTerms = Collections.unmodifiableMap(new TreeMap<>(rewardTerms));
        if (reward == RewardKind.NONE && rewardTerms.values().stream().noneMatch(weight -> weight > 0)) {
            throw InputException.usage("reward is none, expected a weight above 0 in reward_terms then");
        }
        if (reward == RewardKind.ROUND_TRIP && roundTripWeight > 0) {
            throw InputException.usage(
                    "round_trip_weight is %s, expected 0 when reward is round_trip already", roundTripWeight);
        }
        if (negativePool == NegativePool.MIXED && negatives < 2) {
            throw InputException.usage("negatives is 1, expected at least 2 when negative_pool is mixed");
        }
        if (negativePool != NegativePool.RANDOM && negatives > neighbors) {
            throw InputException.usage(
                    "negatives is %d, expected at most neighbors (%d) when negative_pool is %s",
                    negatives, neighbors, negativePool.text());
        }
    }
}
