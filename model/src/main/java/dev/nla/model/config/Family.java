package dev.nla.model.config;

import java.util.Arrays;
import java.util.Optional;

/** The model families that can be run. */
public enum Family {
    /** Llama and everything that has its shape, for example SmolLM2; biases are settings. */
    LLAMA("llama"),
    /** Qwen2 and Qwen2.5: query, key and value have biases. */
    QWEN2("qwen2"),
    /** Qwen3: query and key are normalised per head. */
    QWEN3("qwen3");

    private final String modelType;

    Family(String modelType) {
        this.modelType = modelType;
    }

    /** Hugging Face's {@code model_type}. */
    public String modelType() {
        return modelType;
    }

    static Optional<Family> of(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst();
    }
}
