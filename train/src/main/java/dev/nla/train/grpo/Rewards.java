package dev.nla.train.grpo;

import ai.djl.ndarray.NDManager;
import dev.nla.model.gap.Cosine;
import dev.nla.model.verbalizer.Description;
import dev.nla.reward.AgainstNegatives;
import dev.nla.reward.Aggregate;
import dev.nla.reward.Attempt;
import dev.nla.reward.BatchRewards;
import dev.nla.reward.CosineReward;
import dev.nla.reward.FormatPenalty;
import dev.nla.reward.InfoNce;
import dev.nla.reward.LengthPenalty;
import dev.nla.reward.Mixture;
import dev.nla.reward.NegativeLogMse;
import dev.nla.reward.NegativeMse;
import dev.nla.reward.RepetitionPenalty;
import dev.nla.reward.Reward;
import dev.nla.reward.RewardTerms;
import dev.nla.reward.Rollout;
import dev.nla.reward.Unparseable;
import dev.nla.reward.UnparseableFloor;
import dev.nla.reward.Weighted;
import dev.nla.reward.negatives.NegativeDraw;
import dev.nla.reward.text.TextFacts;
import dev.nla.train.config.policy.RewardKind;
import dev.nla.train.config.policy.RewardSettings;
import dev.nla.train.config.policy.Similarity;
import dev.nla.train.session.TrainingData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What descriptions earn under a run's settings: draws each row's negatives, and scores reconstructions against target and negatives. */
final class Rewards {
    private final TrainingData data;
    private final NDManager manager;
    private final Reward reward;
    private final UnparseableFloor floor;
    private final Optional<NegativeDraw> draw;

    /**
     * Finds the neighbours if negatives are drawn from them.
     *
     * @param temperature of InfoNCE and of a soft maximum over negatives
     * @param scale L2 norm that vectors are scaled to in squared errors
     * @param manager where neighbours are searched
     */
    Rewards(RewardSettings settings, double temperature, double scale, TrainingData data, NDManager manager) {
        this.data = data;
        this.manager = manager;
        Optional<float[]> center =
                settings.similarity() == Similarity.CENTERED ? Optional.of(data.mean()) : Optional.empty();
        Cosine cosine = center.map(Cosine::centered).orElseGet(Cosine::raw);
        this.reward =
                mixture(settings, mainTerm(settings, cosine, temperature, scale), roundTrip(settings, cosine, scale));
        this.floor = new UnparseableFloor(OptionalDouble.empty(), settings.formatPenalty());
        this.draw = settings.reward() == RewardKind.ROUND_TRIP ? Optional.empty() : Optional.of(draw(settings, center));
    }

    private static Optional<Reward> mainTerm(RewardSettings settings, Cosine cosine, double temperature, double scale) {
        return switch (settings.reward()) {
            case ROUND_TRIP -> Optional.of(roundTrip(settings, cosine, scale));
            case CONTRASTIVE, HARD_NEGATIVE ->
                Optional.of(new AgainstNegatives(cosine, aggregate(settings, temperature)));
            case INFO_NCE -> Optional.of(new InfoNce(cosine, temperature));
            case NONE -> Optional.empty();
        };
    }

    private static Reward roundTrip(RewardSettings settings, Cosine cosine, double scale) {
        return switch (settings.rewardMetric()) {
            case COSINE -> new CosineReward(cosine);
            case MSE -> new NegativeMse(scale);
            case LOG_MSE -> new NegativeLogMse(scale);
        };
    }

    private static Aggregate aggregate(RewardSettings settings, double temperature) {
        return switch (settings.aggregate()) {
            case MAX -> new Aggregate.Max();
            case MEAN -> new Aggregate.Mean();
            case SOFTMAX -> new Aggregate.SoftMax(temperature);
        };
    }

    private static Reward mixture(RewardSettings settings, Optional<Reward> main, Reward roundTrip) {
        List<Weighted> terms = new ArrayList<>();
        main.ifPresent(reward -> terms.add(new Weighted(1, reward)));
        terms.add(new Weighted(1, new FormatPenalty()));
        if (settings.roundTripWeight() > 0) {
            terms.add(new Weighted(settings.roundTripWeight(), roundTrip));
        }
        if (settings.repetitionWeight() > 0) {
            terms.add(new Weighted(settings.repetitionWeight(), new RepetitionPenalty()));
        }
        if (settings.lengthWeight() > 0) {
            int target = settings.targetLength();
            terms.add(new Weighted(settings.lengthWeight(), new LengthPenalty(0, target, target)));
        }
        if (!settings.rewardTerms().isEmpty()) {
            RewardTerms installed = RewardTerms.installed();
            settings.rewardTerms().forEach((name, weight) -> terms.add(new Weighted(weight, installed.named(name))));
        }
        return new Mixture(terms);
    }

    private NegativeDraw draw(RewardSettings settings, Optional<float[]> center) {
        int rows = data.trainRows().length;
        int count = settings.negatives();
        return switch (settings.negativePool()) {
            case RANDOM -> new NegativeDraw.AnyRow(rows, count);
            case NEAREST -> nearest(settings, center, count);
            case MIXED ->
                new NegativeDraw.Mixed(
                        nearest(settings, center, (count + 1) / 2), new NegativeDraw.AnyRow(rows, count / 2));
        };
    }

    private NegativeDraw.Nearest nearest(RewardSettings settings, Optional<float[]> center, int count) {
        return new NegativeDraw.Nearest(
                data.nearestTrainRows(manager, "neighbors", settings.neighbors(), center), count);
    }

    /** Rewards of a step's rollouts; the negatives of a row are drawn once and serve its whole group. */
    BatchRewards of(Rollouts rollouts, float[][] reconstructions, long seed) {
        Map<Integer, float[][]> negatives = new HashMap<>();
        List<Rollout> attempts = new ArrayList<>(rollouts.size());
        for (int i = 0; i < rollouts.size(); i++) {
            int row = rollouts.rows()[i];
            Description description = rollouts.descriptions().get(i);
            if (description.parsed()) {
                String text = description.text();
                attempts.add(new Attempt(
                        reconstructions[i],
                        data.activation(row),
                        negatives.computeIfAbsent(row, key -> data.activations(negatives(key, seed))),
                        TextFacts.of(text, data.tokenizer().encode(text).length)));
            } else {
                attempts.add(new Unparseable(description.defect().orElseThrow()));
            }
        }
        return BatchRewards.of(reward, attempts, floor);
    }

    /** The dataset rows that a train row is told from in the step of this seed; none where the reward looks at the own row alone. */
    int[] negatives(int row, long seed) {
        return draw.map(rule -> data.trainRows(rule.draw(data.indexOf(row), seed)))
                .orElse(new int[0]);
    }
}
