package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;

/**
 * Everything a forward pass shows, float32.
 *
 * @param hidden {@code [layers + 1, B, T, d]}: embeddings, then the output of each block; the last entry is after the final norm, as in
 *     Hugging Face's {@code hidden_states}
 * @param logits {@code [B, T, vocabulary]}
 */
public record States(NDArray hidden, NDArray logits) {}
