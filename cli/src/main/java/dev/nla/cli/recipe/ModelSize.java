package dev.nla.cli.recipe;

import dev.nla.model.config.ModelConfig;
import java.util.Map;

/** What settings hang on how large a model is: the presets' numbers are those of a small one. */
enum ModelSize {
    /** Below a billion weights in its blocks. */
    SMALL(Map.of(), Map.of(), Map.of()),
    /** From there on: learns with a tenth of the steps' size, and a few rows at a time. */
    LARGE(
            Map.of(
                    "learning_rate", "1.0e-4",
                    "lora_r", "32",
                    "lora_alpha", "64",
                    "per_device_train_batch_size", "4",
                    "gradient_accumulation_steps", "4"),
            Map.of(
                    "learning_rate", "1.0e-4",
                    "lora_r", "32",
                    "lora_alpha", "64",
                    "per_device_train_batch_size", "4",
                    "gradient_accumulation_steps", "4"),
            Map.of("learning_rate", "1.0e-5", "per_device_train_batch_size", "4", "gradient_accumulation_steps", "2"));

    private static final long BILLION = 1_000_000_000L;
    /** Weights of a block in squares of the width: four of attention and eight of the feed-forward network, about. */
    private static final int SQUARES = 12;

    private final Map<String, String> verbalizer;
    private final Map<String, String> reconstructor;
    private final Map<String, String> policy;

    ModelSize(Map<String, String> verbalizer, Map<String, String> reconstructor, Map<String, String> policy) {
        this.verbalizer = verbalizer;
        this.reconstructor = reconstructor;
        this.policy = policy;
    }

    static ModelSize of(ModelConfig config) {
        long weights = (long) SQUARES * config.layers() * config.hiddenSize() * config.hiddenSize();
        return weights < BILLION ? SMALL : LARGE;
    }

    /** What of a stage's preset is another for this size. */
    Map<String, String> settings(String stage) {
        return switch (stage) {
            case "sft" -> verbalizer;
            case "reconstructor" -> reconstructor;
            default -> policy;
        };
    }
}
