package dev.nla.serve.api.response;

import java.util.Optional;

/**
 * What is served.
 *
 * @param name the base model's folder
 * @param layers blocks
 * @param width numbers in an activation
 * @param contextLength most tokens of a prompt and its completion
 * @param computeType the number type of matrix products
 * @param reconstructorLayer the block that the reconstructor imitates, where there is one
 * @param loaded the activations that ranks and nearest texts are taken among, where there are some
 */
public record ModelFacts(
        String name,
        int layers,
        int width,
        int contextLength,
        String computeType,
        Optional<Integer> reconstructorLayer,
        Optional<LoadedFacts> loaded) {
    /**
     * Loaded activations.
     *
     * @param rows how many
     * @param layer the block they are of
     * @param longest letters of the longest row's id, text and description
     */
    public record LoadedFacts(int rows, int layer, long longest) {}
}
