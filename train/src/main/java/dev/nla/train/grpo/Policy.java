package dev.nla.train.grpo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.TokenScores;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.reward.advantage.Advantages;
import dev.nla.reward.policy.ClipRange;
import dev.nla.reward.policy.GrpoLoss;
import dev.nla.reward.policy.PolicyBatch;
import dev.nla.reward.policy.PolicyMetrics;
import dev.nla.reward.policy.StepTotals;
import dev.nla.reward.policy.TokenLayout;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.PolicySettings;
import dev.nla.train.session.MicroBatches;
import dev.nla.train.session.TrainingInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The verbalizer as a policy: accumulates the gradients of one step's descriptions, micro-batch by micro-batch. */
final class Policy {
    private final TrainingInputs inputs;
    private final Verbalizer verbalizer;
    private final LoraAdapter reference;
    private final Mode mode;
    private final GrpoLoss loss;
    private final float temperature;
    private final MicroBatches microBatches;
    private final boolean corrected;
    private final double cap;

    /**
     * @param reference the adapter that the KL term holds the policy to
     * @param corrected whether rollouts come from a model of another number type
     */
    Policy(GrpoConfig config, TrainingInputs inputs, Verbalizer verbalizer, LoraAdapter reference, boolean corrected) {
        PolicySettings settings = config.policy();
        this.inputs = inputs;
        this.verbalizer = verbalizer;
        this.reference = reference;
        this.mode = inputs.trainingMode(verbalizer.adapter());
        this.loss = new GrpoLoss(
                settings.lossType(),
                new ClipRange(settings.epsilon(), settings.upperEpsilon(), settings.delta()),
                settings.beta(),
                config.rollouts().maxCompletionLength());
        this.corrected = corrected;
        this.cap = settings.importanceSamplingCap();
        this.temperature = (float) config.rollouts().temperature();
        int rows = settings.microBatchSize()
                .orElse(config.budget().perDeviceTrainBatchSize()
                        * config.rollouts().numGenerations());
        this.microBatches = new MicroBatches(rows, settings.microBatchTokens());
    }

    /** What goes through the model at a time. */
    MicroBatches microBatches() {
        return microBatches;
    }

    /**
     * What one pass over a step's descriptions gave.
     *
     * @param loss of the step
     * @param entropy mean over tokens, in nats; NaN where no description had anything to teach
     */
    record Pass(double loss, double entropy, PolicyMetrics metrics) {}

    /** Log-probabilities of the rollouts' tokens under the policy as it is now, one array a description. */
    List<float[]> logProbabilities(Rollouts rollouts) {
        List<float[]> out = new ArrayList<>(Collections.nCopies(rollouts.size(), new float[0]));
        int[] lengths = rollouts.lengths();
        for (int[] part : microBatches(lengths, IntStream.range(0, rollouts.size()))) {
            try (NDManager scope = inputs.decoder().manager().newSubManager()) {
                float[] flat = score(scope, rollouts, part, verbalizer.adapter(), false, Mode.INFERENCE)
                        .logProbabilities()
                        .toFloatArray();
                int at = 0;
                for (int i : part) {
                    out.set(i, Arrays.copyOfRange(flat, at, at + lengths[i]));
                    at += lengths[i];
                }
            }
        }
        return out;
    }

    /**
     * Adds the gradients of a step.
     *
     * @param old log-probabilities under the policy that wrote the descriptions; empty for a first pass, which is on-policy
     */
    Pass accumulate(Rollouts rollouts, Advantages advantages, List<float[]> old) {
        int[] lengths = rollouts.lengths();
        StepTotals totals = StepTotals.of(lengths);
        double sum = 0;
        double entropy = 0;
        List<PolicyMetrics> metrics = new ArrayList<>();
        for (int[] part : microBatches(lengths, learnable(rollouts, advantages))) {
            try (NDManager scope = inputs.decoder().manager().newSubManager();
                    GradientCollector collector = scope.getEngine().newGradientCollector()) {
                TokenScores scores = score(scope, rollouts, part, verbalizer.adapter(), true, mode);
                GrpoLoss.Loss value = loss.of(batch(scope, rollouts, advantages, old, part, scores), totals);
                sum += value.value().getFloat();
                entropy += scores.entropies().sum().getFloat();
                metrics.add(value.metrics());
                inputs.decoder().backward(collector, value.value());
            }
        }
        PolicyMetrics all = PolicyMetrics.over(metrics);
        return new Pass(sum, entropy / all.tokens(), all);
    }

    /** Without a KL term, groups whose rewards are all equal have nothing to teach and are left out. */
    private IntStream learnable(Rollouts rollouts, Advantages advantages) {
        return IntStream.range(0, rollouts.size())
                .filter(i -> loss.beta() > 0 || !advantages.flat()[i / rollouts.groupSize()]);
    }

    private List<int[]> microBatches(int[] lengths, IntStream which) {
        int prompt = verbalizer.prompt().suffix().length;
        return microBatches.of(which, i -> prompt + lengths[i]);
    }

    private TokenScores score(
            NDManager scope, Rollouts rollouts, int[] part, LoraAdapter by, boolean entropies, Mode mode) {
        int[] rows = IntStream.of(part).map(i -> rollouts.rows()[i]).toArray();
        List<long[]> tokens = IntStream.of(part)
                .mapToObj(i -> rollouts.descriptions().get(i).completion().tokens())
                .toList();
        return verbalizer.score(scope, inputs.activations(rows), tokens, by, temperature, entropies, mode);
    }

    private PolicyBatch batch(
            NDManager scope,
            Rollouts rollouts,
            Advantages advantages,
            List<float[]> old,
            int[] part,
            TokenScores scores) {
        int[] all = rollouts.lengths();
        int[] lengths = IntStream.of(part).map(i -> all[i]).toArray();
        double[] values =
                IntStream.of(part).mapToDouble(i -> advantages.values()[i]).toArray();
        PolicyBatch batch = PolicyBatch.onPolicy(scores.logProbabilities(), new TokenLayout.Packed(lengths), values);
        if (!old.isEmpty()) {
            batch = batch.withOld(packed(scope, old, part));
        }
        if (corrected) {
            batch = batch.withSampled(packed(scope, rollouts.logProbabilities(), part), cap);
        }
        if (loss.beta() > 0) {
            // What inference computes can never enter autograd: it is copied.
            float[] kept = score(scope, rollouts, part, reference, false, Mode.INFERENCE)
                    .logProbabilities()
                    .toFloatArray();
            batch = batch.withReference(scope.create(kept));
        }
        return batch;
    }

    private static NDArray packed(NDManager scope, List<float[]> values, int[] part) {
        float[] flat =
                new float[IntStream.of(part).map(i -> values.get(i).length).sum()];
        int at = 0;
        for (int i : part) {
            System.arraycopy(values.get(i), 0, flat, at, values.get(i).length);
            at += values.get(i).length;
        }
        return scope.create(flat);
    }
}
