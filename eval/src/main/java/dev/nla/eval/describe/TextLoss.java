package dev.nla.eval.describe;

/**
 * How surprised a verbalizer is by given descriptions.
 *
 * @param nats summed over a row's tokens, closing tag and end included, [N]
 * @param tokens of each row, [N]
 */
public record TextLoss(double[] nats, double[] tokens) {}
