package dev.nla.train.grpo;

import dev.nla.reward.BatchRewards;
import dev.nla.reward.advantage.Advantages;
import dev.nla.train.optimizer.Update;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The averaged metrics of one step under the names that trl's users know. */
final class StepMetrics {
    private StepMetrics() {}

    static Map<String, Double> of(
            Rollouts rollouts,
            BatchRewards earned,
            Advantages advantages,
            Policy.Pass pass,
            OptionalDouble imitation,
            Update update) {
        double[] rewards = earned.rewards();
        Map<String, Double> out = new LinkedHashMap<>();
        out.put("loss", pass.loss());
        imitation.ifPresent(value -> out.put("sft_loss", value));
        out.put("grad_norm", update.gradientNorm());
        out.put("reward", Arrays.stream(rewards).average().orElseThrow());
        out.put("reward_std", meanGroupDeviation(rewards, rollouts.groupSize()));
        out.put("frac_reward_zero_std", advantages.flatFraction());
        earned.termMeans().forEach((name, value) -> out.put("rewards/" + name, value));
        out.put("entropy", pass.entropy());
        pass.metrics().kl().ifPresent(kl -> out.put("kl", kl));
        out.put("clip_ratio/low_mean", pass.metrics().clipLow());
        out.put("clip_ratio/high_mean", pass.metrics().clipHigh());
        out.put("clip_ratio/region_mean", pass.metrics().clipRegion());
        pass.metrics().mismatch().ifPresent(mismatch -> {
            out.put("sampling/logp_difference_mean", mismatch.difference());
            out.put("sampling/importance_ratio_mean", mismatch.ratio());
            out.put("sampling/importance_ratio_capped", mismatch.capped());
        });
        addLengths(rollouts, out);
        out.put("completions/unparseable_ratio", (double) earned.unparseable() / rewards.length);
        return out;
    }

    private static void addLengths(Rollouts rollouts, Map<String, Double> out) {
        int[] lengths = rollouts.lengths();
        long clipped = rollouts.descriptions().stream()
                .filter(description -> !description.completion().stopped())
                .count();
        out.put("completions/mean_length", Arrays.stream(lengths).average().orElseThrow());
        out.put("completions/min_length", (double) Arrays.stream(lengths).min().orElseThrow());
        out.put("completions/max_length", (double) Arrays.stream(lengths).max().orElseThrow());
        out.put("completions/clipped_ratio", (double) clipped / lengths.length);
    }

    /** Mean over groups of the unbiased standard deviation. */
    private static double meanGroupDeviation(double[] rewards, int groupSize) {
        double sum = 0;
        for (int begin = 0; begin < rewards.length; begin += groupSize) {
            double[] group = Arrays.copyOfRange(rewards, begin, begin + groupSize);
            double mean = Arrays.stream(group).average().orElseThrow();
            double squares =
                    Arrays.stream(group).map(r -> (r - mean) * (r - mean)).sum();
            sum += Math.sqrt(squares / (groupSize - 1));
        }
        return sum / (rewards.length / groupSize);
    }
}
