package dev.nla.train.grpo;

import dev.nla.data.neighbors.NeighborSearch;
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
import dev.nla.reward.Rollout;
import dev.nla.reward.Unparseable;
import dev.nla.reward.UnparseableFloor;
import dev.nla.reward.Weighted;
import dev.nla.reward.negatives.NegativeDraw;
import dev.nla.reward.text.TextFacts;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.RewardKind;
import dev.nla.train.config.RewardSettings;
import dev.nla.train.config.Similarity;
import dev.nla.train.session.TrainingInputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What descriptions earn under a run's settings: draws each row's negatives, and scores reconstructions against target and negatives. */
final class Rewards {
    private final TrainingInputs inputs;
    private final Reward reward;
    private final UnparseableFloor floor;
    private final List<NegativeDraw> draws;
    private final Map<Integer, Integer> indexOfRow = new HashMap<>();

    Rewards(GrpoConfig config, TrainingInputs inputs) {
        RewardSettings settings = config.reward();
        this.inputs = inputs;
        int[] rows = inputs.trainRows();
        for (int i = 0; i < rows.length; i++) {
            indexOfRow.put(rows[i], i);
        }
        boolean centered = settings.similarity() == Similarity.CENTERED;
        Cosine cosine = centered ? Cosine.centered(inputs.mean()) : Cosine.raw();
        double temperature = config.reconstructorLoss().infoNceTemperature();
        this.reward = mixture(settings, mainTerm(settings, cosine, temperature));
        this.floor = new UnparseableFloor(OptionalDouble.empty(), settings.formatPenalty());
        this.draws = settings.reward() == RewardKind.ROUND_TRIP ? List.of() : draws(settings, centered);
    }

    private Reward mainTerm(RewardSettings settings, Cosine cosine, double temperature) {
        return switch (settings.reward()) {
            case ROUND_TRIP -> roundTrip(settings, cosine);
            case CONTRASTIVE, HARD_NEGATIVE -> new AgainstNegatives(cosine, aggregate(settings, temperature));
            case INFO_NCE -> new InfoNce(cosine, temperature);
        };
    }

    private Reward roundTrip(RewardSettings settings, Cosine cosine) {
        double scale = Math.sqrt(inputs.mean().length);
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

    private static Reward mixture(RewardSettings settings, Reward main) {
        List<Weighted> terms = new ArrayList<>(List.of(new Weighted(1, main), new Weighted(1, new FormatPenalty())));
        if (settings.repetitionWeight() > 0) {
            terms.add(new Weighted(settings.repetitionWeight(), new RepetitionPenalty()));
        }
        if (settings.lengthWeight() > 0) {
            int target = settings.targetLength();
            terms.add(new Weighted(settings.lengthWeight(), new LengthPenalty(0, target, target)));
        }
        return new Mixture(terms);
    }

    private List<NegativeDraw> draws(RewardSettings settings, boolean centered) {
        int population = inputs.trainRows().length;
        int count = settings.negatives();
        return switch (settings.negativePool()) {
            case RANDOM -> List.of(new NegativeDraw.AnyRow(population, count));
            case NEAREST -> List.of(new NegativeDraw.Nearest(nearest(settings.neighbors(), centered), count));
            case MIXED ->
                List.of(
                        new NegativeDraw.Nearest(nearest(settings.neighbors(), centered), (count + 1) / 2),
                        new NegativeDraw.AnyRow(population, Math.max(1, count / 2)));
        };
    }

    /** Neighbours of each train row as indices into the train rows. */
    private int[][] nearest(int k, boolean centered) {
        int[] rows = inputs.trainRows();
        Optional<float[]> center = centered ? Optional.of(inputs.mean()) : Optional.empty();
        int[][] found = new NeighborSearch(inputs.decoder().manager())
                .nearest(inputs.data(), rows, rows, k, center)
                .nearest();
        for (int[] row : found) {
            for (int i = 0; i < row.length; i++) {
                row[i] = indexOfRow.get(row[i]);
            }
        }
        return found;
    }

    /** Rewards of a step's rollouts; the negatives of a row are drawn once and serve its whole group. */
    BatchRewards of(Rollouts rollouts, float[][] reconstructions, long seed) {
        Map<Integer, float[][]> negatives = new HashMap<>();
        List<Rollout> attempts = new ArrayList<>(rollouts.size());
        for (int i = 0; i < rollouts.size(); i++) {
            int row = rollouts.rows()[i];
            Description description = rollouts.descriptions().get(i);
            if (description.parsed()) {
                attempts.add(new Attempt(
                        reconstructions[i],
                        inputs.data().activation(row),
                        negatives.computeIfAbsent(row, key -> negatives(key, seed)),
                        TextFacts.of(
                                description.text(), description.completion().tokens().length)));
            } else {
                attempts.add(new Unparseable(description.defect().orElseThrow()));
            }
        }
        return BatchRewards.of(reward, attempts, floor);
    }

    private float[][] negatives(int row, long seed) {
        int index = indexOfRow.get(row);
        int[] drawn = draws.stream()
                .flatMapToInt(draw -> IntStream.of(draw.draw(index, seed)))
                .distinct()
                .toArray();
        return inputs.activations(inputs.trainRows(drawn));
    }
}
