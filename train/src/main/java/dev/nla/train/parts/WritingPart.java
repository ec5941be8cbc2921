package dev.nla.train.parts;

/**
 * Activations that are described at a time.
 *
 * @param activations {@code [B][d]}
 * @param seeds one an activation
 */
public record WritingPart(float[][] activations, long[] seeds) {}
