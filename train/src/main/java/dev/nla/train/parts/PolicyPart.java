package dev.nla.train.parts;

import dev.nla.model.parts.Responses;
import dev.nla.reward.policy.StepTotals;
import java.util.List;

/**
 * Descriptions that a policy learns from at a time.
 *
 * @param responses activations and the tokens that were written about them
 * @param advantages {@code [B]}
 * @param old log-probabilities of the tokens under the policy that wrote them, one array a description; empty where that is the policy as it is
 * @param sampled log-probabilities of the tokens where they were written, one array a description
 * @param totals of the whole optimizer step
 * @param seed of dropout
 */
public record PolicyPart(
        Responses responses,
        double[] advantages,
        List<float[]> old,
        List<float[]> sampled,
        StepTotals totals,
        int seed) {}
