package dev.nla.reward;

import java.util.List;

/** What one description earns: more is better. Pure: equal attempts earn equal rewards, and every reward is finite. */
public sealed interface Reward
        permits NegativeMse,
                NegativeLogMse,
                CosineReward,
                AgainstNegatives,
                InfoNce,
                RepetitionPenalty,
                LengthPenalty,
                FormatPenalty,
                Mixture {
    /** Its name in logs, snake_case. */
    String name();

    /** What {@code attempt} earns. */
    double score(Attempt attempt);

    /** The weighted terms it is the sum of, each logged by name; itself where it is not a sum. */
    default List<Weighted> terms() {
        return List.of(new Weighted(1, this));
    }
}
