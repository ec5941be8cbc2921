package dev.nla.train.parts;

import dev.nla.model.parts.Responses;

/**
 * Descriptions that the verbalizer learns from at a time.
 *
 * @param responses activations and the tokens of their descriptions
 * @param stepTokens tokens of all descriptions of the optimizer step, which the loss is a mean over
 * @param weight the gradient counts so many times
 * @param seed of dropout
 */
public record DescriptionPart(Responses responses, long stepTokens, double weight, int seed) {}
