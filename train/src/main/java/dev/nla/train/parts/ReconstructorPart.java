package dev.nla.train.parts;

import java.util.List;

/**
 * Texts that a reconstructor learns from at a time.
 *
 * @param texts {@code [B]}
 * @param targets the activation of each, {@code [B][d]}
 * @param neighbours activations of the nearest rows of each, {@code [B][k][d]}; empty where the loss uses none
 * @param total texts of the whole optimizer step, which the loss is a mean over
 * @param seed of dropout
 */
public record ReconstructorPart(List<String> texts, float[][] targets, float[][][] neighbours, int total, int seed) {}
