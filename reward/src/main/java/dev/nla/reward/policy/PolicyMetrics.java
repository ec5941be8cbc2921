package dev.nla.reward.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What is logged of a loss; means over the tokens of a micro-batch.
 *
 * @param tokens how many
 * @param kl estimated divergence from the reference (k3); empty where there is no reference
 * @param clipLow part of the tokens clipped below, their advantage being negative
 * @param clipHigh part clipped above, their advantage being positive
 * @param clipRegion part clipped either way
 * @param mismatch how the number type that wrote the tokens differs from the one that learns; empty where they are the same
 */
public record PolicyMetrics(
        long tokens,
        OptionalDouble kl,
        double clipLow,
        double clipHigh,
        double clipRegion,
        Optional<Mismatch> mismatch) {
    /**
     * How far two number types are apart.
     *
     * @param difference mean absolute difference of log-probabilities, in nats
     * @param ratio mean importance ratio before it is capped
     * @param capped part of the tokens whose ratio is capped
     */
    public record Mismatch(double difference, double ratio, double capped) {}

    /** The metrics of a step from those of its micro-batches, weighted by tokens. */
    public static PolicyMetrics over(List<PolicyMetrics> parts) {
        long tokens = parts.stream().mapToLong(PolicyMetrics::tokens).sum();
        boolean kl =
                !parts.isEmpty() && parts.stream().allMatch(part -> part.kl().isPresent());
        return new PolicyMetrics(
                tokens,
                kl ? OptionalDouble.of(mean(parts, tokens, part -> part.kl().getAsDouble())) : OptionalDouble.empty(),
                mean(parts, tokens, PolicyMetrics::clipLow),
                mean(parts, tokens, PolicyMetrics::clipHigh),
                mean(parts, tokens, PolicyMetrics::clipRegion),
                mismatch(parts, tokens));
    }

    private static Optional<Mismatch> mismatch(List<PolicyMetrics> parts, long tokens) {
        if (parts.isEmpty() || parts.stream().anyMatch(part -> part.mismatch().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Mismatch(
                mean(parts, tokens, part -> part.mismatch().get().difference()),
                mean(parts, tokens, part -> part.mismatch().get().ratio()),
                mean(parts, tokens, part -> part.mismatch().get().capped())));
    }

    private static double mean(List<PolicyMetrics> parts, long tokens, ToDoubleFunction<PolicyMetrics> value) {
        double sum = 0;
        for (PolicyMetrics part : parts) {
            sum += value.applyAsDouble(part) * part.tokens();
        }
        return sum / Math.max(1, tokens);
    }
}
