package dev.nla.train.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.TokenScores;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import dev.nla.reward.policy.GrpoLoss;
import dev.nla.reward.policy.PolicyBatch;
import dev.nla.reward.policy.TokenLayout;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The gradient of a policy's loss on descriptions that were sampled.
 *
 * @param verbalizer the policy
 * @param reference the adapter that the KL term holds the policy to
 * @param cap bound of the weight that corrects a token's loss where descriptions come from a model of another number type; empty where they
 *     come from the policy itself
 * @param mode how the decoder is called
 */
public record PolicyGradient(
        Verbalizer verbalizer, LoraAdapter reference, GrpoLoss loss, float temperature, OptionalDouble cap, Mode mode)
        implements PartWork<PolicyPart, PolicyAnswer> {
    @Override
    public PolicyAnswer on(PolicyPart part) {
        TorchRuntime.seed(part.seed());
        Decoder decoder = verbalizer.decoder();
        LoraAdapter adapter = verbalizer.adapter();
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            TokenScores scores = part.responses().score(scope, verbalizer, adapter, temperature, true, mode);
            GrpoLoss.Loss value = loss.of(batch(scope, part, scores), part.totals());
            double share = value.value().getFloat();
            double entropy = scores.entropies().sum().getFloat();
            decoder.backward(collector, value.value());
            return new PolicyAnswer(PartGradient.take(share, adapter.parameters()), entropy, value.metrics());
        }
    }

    private PolicyBatch batch(NDManager scope, PolicyPart part, TokenScores scores) {
        PolicyBatch batch = PolicyBatch.onPolicy(
                scores.logProbabilities(),
                new TokenLayout.Packed(part.responses().lengths()),
                part.advantages());
        if (!part.old().isEmpty()) {
            batch = batch.withOld(packed(scope, part.old()));
        }
        if (cap.isPresent()) {
            batch = batch.withSampled(packed(scope, part.sampled()), cap.getAsDouble());
        }
        if (loss.beta() > 0) {
            // What inference computes can never enter autograd: it is copied.
            float[] kept = part.responses()
                    .score(scope, verbalizer, reference, temperature, false, Mode.INFERENCE)
                    .logProbabilities()
                    .toFloatArray();
            batch = batch.withReference(scope.create(kept));
        }
        return batch;
    }

    private static NDArray packed(NDManager scope, List<float[]> values) {
        float[] flat = new float[values.stream().mapToInt(row -> row.length).sum()];
        int at = 0;
        for (float[] row : values) {
            System.arraycopy(row, 0, flat, at, row.length);
            at += row.length;
        }
        return scope.create(flat);
    }
}
