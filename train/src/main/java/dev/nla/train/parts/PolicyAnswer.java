package dev.nla.train.parts;

import dev.nla.reward.policy.PolicyMetrics;

/**
 * What the work on a part of a policy's step gives.
 *
 * @param entropy summed over the tokens, in nats
 * @param metrics what is logged
 */
public record PolicyAnswer(PartGradient gradient, double entropy, PolicyMetrics metrics) {}
