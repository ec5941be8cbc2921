package dev.nla.reward;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the descriptions of a batch earned.
 *
 * @param rewards [B], in the order of the rollouts; those of unparseable ones below all others
 * @param unparseable how many could not be read
 * @param termMeans by name of the term: its mean over the readable ones, before weighting; empty where there are none
 */
public record BatchRewards(double[] rewards, int unparseable, Map<String, Double> termMeans) {
    /**
     * Scores a batch.
     *
     * @throws InputException where a reward is not finite
     */
    public static BatchRewards of(Reward reward, List<? extends Rollout> rollouts, UnparseableFloor floor) {
        Attempt[] readable = rollouts.stream()
                .filter(Attempt.class::isInstance)
                .map(Attempt.class::cast)
                .toArray(Attempt[]::new);
        double[] earned = new double[readable.length];
        Map<String, Double> means = new LinkedHashMap<>();
        for (Weighted term : reward.terms()) {
            double sum = 0;
            for (int i = 0; i < readable.length; i++) {
                double score = finite(term.reward(), readable[i]);
                earned[i] += term.weight() * score;
                sum += score;
            }
            if (readable.length > 0) {
                means.put(term.reward().name(), sum / readable.length);
            }
        }
        return new BatchRewards(
                inOrder(rollouts, earned, floor.of(earned)), rollouts.size() - readable.length, Map.copyOf(means));
    }

    private static double finite(Reward reward, Attempt attempt) {
        double score = reward.score(attempt);
        if (!Double.isFinite(score)) {
            throw InputException.data(
                    "reward %s of %s gave %s for the description '%s', expected a finite number: repair it, or take it out of reward_terms",
                    reward.name(),
                    reward.getClass().getName(),
                    score,
                    attempt.text().text());
        }
        return score;
    }

    private static double[] inOrder(List<? extends Rollout> rollouts, double[] earned, double lowest) {
        double[] rewards = new double[rollouts.size()];
        Arrays.fill(rewards, lowest);
        int next = 0;
        for (int i = 0; i < rewards.length; i++) {
            if (rollouts.get(i) instanceof Attempt) {
                rewards[i] = earned[next++];
            }
        }
        return rewards;
    }
}
