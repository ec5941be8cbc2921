package dev.nla.reward;

import java.util.List;

/**
 * What one description earns: more is better. Pure: equal attempts earn equal rewards, every reward is finite, attempts stay as they were;
 * so a run that goes on earns what one that never stopped earns.
 *
 * <p>One from outside is found on the class path ({@link java.util.ServiceLoader}: a public class with a constructor without parameters,
 * named in {@code META-INF/services/dev.nla.reward.Reward}), and is a term of a run's rewards where its settings name it in
 * {@code reward_terms}: see {@link RewardTerms}. What holds of every reward is tried by {@code dev.nla.reward.testing.RewardContract} of this
 * module's test-jar.
 */
public interface Reward {
    /** Its name in settings and logs: small letters, digits and underscores, of which the first is a letter. */
    String name();

    /**
     * What {@code attempt} earns; finite.
     *
     * @param attempt with no negatives, {@code [0][d]}, under {@code reward: round_trip}, which needs none
     */
    double score(Attempt attempt);

    /** The weighted terms it is the sum of, each logged by name; itself where it is not a sum. */
    default List<Weighted> terms() {
        return List.of(new Weighted(1, this));
    }
}
