package dev.nla.model.config;

import java.util.Arrays;
import java.util.Optional;

/** The model families that can be run, and what sets all models of a family apart from Llama. */
public enum Family {
    /** Llama and everything that has its shape, for example SmolLM2; biases are settings. */
    LLAMA("llama"),
    /** Qwen2 and Qwen2.5: query, key and value have biases. */
    QWEN2("qwen2"),
    /** Qwen3: query and key are normalised per head. */
    QWEN3("qwen3"),
    /** Mistral: every block attends to a window of tokens, where one is set. */
    MISTRAL("mistral"),
    /** Phi-3, Phi-3.5 and Phi-4: fused projections, partial rotation, a window. */
    PHI3("phi3"),
    /** The text model of Gemma 3: scaled embeddings, norms on both sides of each half of a block, windows in most blocks. */
    GEMMA3("gemma3_text");

    private final String modelType;

    Family(String modelType) {
        this.modelType = modelType;
    }

    /** Hugging Face's {@code model_type}. */
    public String modelType() {
        return modelType;
    }

    /** Whether a checkpoint keeps query, key and value in one matrix, and gate and up-projection in another. */
    public boolean fusedProjections() {
        return this == PHI3;
    }

    /** Whether query and key are normalised per head. */
    public boolean normalisesHeads() {
        return this == QWEN3 || this == GEMMA3;
    }

    /** Whether what attention and feed-forward layer add to the residual stream is normalised first. */
    public boolean normalisesResults() {
        return this == GEMMA3;
    }

    /** Whether norms multiply by 1 + weight instead of by the weight. */
    public boolean normsAboutOne() {
        return this == GEMMA3;
    }

    /** Whether the feed-forward layer's activation is the tanh form of GELU instead of SiLU. */
    public boolean gelu() {
        return this == GEMMA3;
    }

    /** Whether token embeddings are multiplied by the square root of the width. */
    public boolean scalesEmbeddings() {
        return this == GEMMA3;
    }

    static Optional<Family> of(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst();
    }
}
