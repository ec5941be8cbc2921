package dev.nla.train.grpo;

import dev.nla.model.decoder.Mode;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.parts.Responses;
import dev.nla.model.parts.TokenLogProbabilities;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.reward.advantage.Advantages;
import dev.nla.reward.policy.ClipRange;
import dev.nla.reward.policy.GrpoLoss;
import dev.nla.reward.policy.PolicyMetrics;
import dev.nla.reward.policy.StepTotals;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.policy.PolicySettings;
import dev.nla.train.parts.GradientSum;
import dev.nla.train.parts.MicroBatches;
import dev.nla.train.parts.PolicyAnswer;
import dev.nla.train.parts.PolicyGradient;
import dev.nla.train.parts.PolicyPart;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The verbalizer as a policy: cuts a step's descriptions into micro-batches and adds up what is learnt from them. */
final class Policy {
    private final TrainingData data;
    private final Workers workers;
    private final MicroBatches microBatches;
    private final PolicyGradient gradient;

    /**
     * @param workers who works on micro-batches
     * @param gradient what learns from one
     */
    Policy(TrainingData data, Workers workers, MicroBatches microBatches, PolicyGradient gradient) {
        this.data = data;
        this.workers = workers;
        this.microBatches = microBatches;
        this.gradient = gradient;
    }

    /** What goes through the model at a time. */
    MicroBatches microBatches() {
        return microBatches;
    }

    /** How the decoder is called in training. */
    Mode mode() {
        return gradient.mode();
    }

    /**
     * What learns from a micro-batch, as the settings say.
     *
     * @param reference the adapter that the KL term holds the policy to
     * @param corrected whether rollouts come from a model of another number type
     * @param mode how the decoder is called
     */
    static PolicyGradient gradient(
            GrpoConfig config, Verbalizer verbalizer, LoraAdapter reference, boolean corrected, Mode mode) {
        PolicySettings settings = config.policy();
        GrpoLoss loss = new GrpoLoss(
                settings.lossType(),
                new ClipRange(settings.epsilon(), settings.upperEpsilon(), settings.delta()),
                settings.beta(),
                config.rollouts().maxCompletionLength());
        OptionalDouble cap = corrected ? OptionalDouble.of(settings.importanceSamplingCap()) : OptionalDouble.empty();
        return new PolicyGradient(
                verbalizer, reference, loss, (float) config.rollouts().temperature(), cap, mode);
    }

    /**
     * What one pass over a step's descriptions gave.
     *
     * @param loss of the step
     * @param entropy mean over tokens, in nats; NaN where no description had anything to teach
     */
    record Pass(double loss, double entropy, PolicyMetrics metrics) {}

    /** A pass under way. */
    private static final class PassSum {
        private final GradientSum gradient;
        private final List<PolicyMetrics> metrics = new ArrayList<>();
        private double loss;
        private double entropy;

        PassSum(GradientSum gradient) {
            this.gradient = gradient;
        }

        void add(PolicyAnswer part) {
            gradient.add(part.gradient());
            loss += part.gradient().loss();
            entropy += part.entropy();
            metrics.add(part.metrics());
        }

        Pass whole() {
            PolicyMetrics all = PolicyMetrics.over(metrics);
            return new Pass(loss, entropy / all.tokens(), all);
        }
    }

    /** Log-probabilities of the rollouts' tokens under the policy as it is now, one array a description. */
    List<float[]> logProbabilities(Rollouts rollouts) {
        TokenLogProbabilities work = new TokenLogProbabilities(gradient.verbalizer(), gradient.temperature());
        List<float[]> out = new ArrayList<>(Collections.nCopies(rollouts.size(), new float[0]));
        List<int[]> cut = cut(rollouts.lengths(), IntStream.range(0, rollouts.size()));
        Iterator<int[]> next = cut.iterator();
        workers.each(work, Parts.of(cut, part -> responses(rollouts, part)), known -> {
            int[] part = next.next();
            for (int i = 0; i < part.length; i++) {
                out.set(part[i], known.get(i));
            }
        });
        return out;
    }

    /**
     * Learns from a step's descriptions.
     *
     * @param old log-probabilities under the policy that wrote the descriptions; empty for a first pass, which is on-policy
     * @param seeds of the step's parts
     * @param sum what the gradients are added to
     */
    Pass learn(Rollouts rollouts, Advantages advantages, List<float[]> old, PartSeeds seeds, GradientSum sum) {
        PassSum pass = new PassSum(sum);
        workers.each(gradient, parts(rollouts, advantages, old, seeds), pass::add);
        return pass.whole();
    }

    private Parts<PolicyPart> parts(Rollouts rollouts, Advantages advantages, List<float[]> old, PartSeeds seeds) {
        StepTotals totals = StepTotals.of(rollouts.lengths());
        List<float[]> sampled = rollouts.logProbabilities();
        List<int[]> cut = cut(rollouts.lengths(), learnable(rollouts, advantages));
        int[] drawn = seeds.next(cut.size());
        return Parts.of(cut.size(), number -> {
            int[] part = cut.get(number);
            return new PolicyPart(
                    responses(rollouts, part),
                    Arrays.stream(part).mapToDouble(i -> advantages.values()[i]).toArray(),
                    old.isEmpty() ? old : of(old, part),
                    of(sampled, part),
                    totals,
                    drawn[number]);
        });
    }

    /** Without a KL term, groups whose rewards are all equal have nothing to teach and are left out. */
    private IntStream learnable(Rollouts rollouts, Advantages advantages) {
        return IntStream.range(0, rollouts.size())
                .filter(i -> gradient.loss().beta() > 0 || !advantages.flat()[i / rollouts.groupSize()]);
    }

    private List<int[]> cut(int[] lengths, IntStream which) {
        int prompt = gradient.verbalizer().prompt().suffix().length;
        return microBatches.of(which, i -> prompt + lengths[i]);
    }

    private Responses responses(Rollouts rollouts, int[] part) {
        int[] rows = Arrays.stream(part).map(i -> rollouts.rows()[i]).toArray();
        List<long[]> tokens = Arrays.stream(part)
                .mapToObj(i -> rollouts.descriptions().get(i).completion().tokens())
                .toList();
        return new Responses(data.activations(rows), tokens);
    }

    private static List<float[]> of(List<float[]> all, int[] part) {
        return Arrays.stream(part).mapToObj(all::get).toList();
    }
}
