package dev.nla.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.files.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads a {@link ModelConfig}; where a key is missing, transformers' default for the family holds. */
final class ConfigReader {
    private static final int MANY = 1 << 24;

    private final Document config;
    private final Family family;

    private ConfigReader(Document config, Family family) {
        this.config = config;
        this.family = family;
    }

    static ModelConfig read(Path modelDir) {
        Document config = Document.json(modelDir.resolve("config.json"));
        String type = config.text("model_type").orElse("");
        Family family = Family.of(type).orElseThrow(() -> config.wrong("model_type", "one of " + known()));
        Unsupported.refuse(config);
        Path generation = modelDir.resolve("generation_config.json");
        return new ConfigReader(config, family).model(Files.exists(generation) ? Document.json(generation) : config);
    }

    private ModelConfig model(Document generation) {
        int hidden = size("hidden_size");
        int heads = size("num_attention_heads");
        int vocabulary = size("vocab_size");
        int keyValueHeads = config.integer("num_key_value_heads", 1, heads).orElse(heads);
        if (heads % keyValueHeads != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads, which is " + heads);
        }
        boolean attentionBias = family != Family.QWEN2 && config.flag("attention_bias", false);
        return new ModelConfig(
                family,
                vocabulary,
                hidden,
                size("intermediate_size"),
                config.requiredInteger("num_hidden_layers", 1, 10_000),
                heads,
                keyValueHeads,
                headDim(hidden, heads),
                (float) config.positive("rms_norm_eps").orElse(1e-6),
                RopeReader.read(config, maxPositions()),
                config.flag("tie_word_embeddings", false),
                family == Family.QWEN2 || attentionBias,
                attentionBias,
                family == Family.LLAMA && config.flag("mlp_bias", false),
                family == Family.QWEN3,
                maxPositions(),
                endIds(generation, vocabulary),
                padId(generation, vocabulary));
    }

    private int size(String key) {
        return config.requiredInteger(key, 1, MANY);
    }

    private int headDim(int hidden, int heads) {
        OptionalInt given = config.integer("head_dim", 2, 1 << 16);
        if (given.isPresent()) {
            if (given.getAsInt() % 2 != 0) {
                throw config.wrong("head_dim", "an even number");
            }
            return given.getAsInt();
        }
        if (family == Family.QWEN3) {
            return 128;
        }
        if (hidden % heads != 0 || hidden / heads % 2 != 0) {
            throw config.wrong(
                    "hidden_size",
                    "an even multiple of num_attention_heads, which is " + heads + ", or head_dim given");
        }
        return hidden / heads;
    }

    private int maxPositions() {
        return config.integer("max_position_embeddings", 1, Integer.MAX_VALUE)
                .orElse(family == Family.LLAMA ? 2048 : 32_768);
    }

    private List<Long> endIds(Document generation, int vocabulary) {
        Document source = generation.has("eos_token_id") ? generation : config;
        List<Long> ids = source.ids("eos_token_id");
        if (ids.stream().anyMatch(id -> id >= vocabulary)) {
            throw source.wrong("eos_token_id", "token ids below vocab_size, which is " + vocabulary);
        }
        return ids;
    }

    private OptionalLong padId(Document generation, int vocabulary) {
        Document source = generation.has("pad_token_id") ? generation : config;
        JsonNode pad = source.at("pad_token_id");
        // Some checkpoints write -1, or an id beyond the vocabulary, for "none".
        return pad.canConvertToInt() && pad.intValue() >= 0 && pad.intValue() < vocabulary
                ? OptionalLong.of(pad.intValue())
                : OptionalLong.empty();
    }

    private static String known() {
        return Arrays.stream(Family.values()).map(Family::modelType).collect(Collectors.joining(", "));
    }
}
