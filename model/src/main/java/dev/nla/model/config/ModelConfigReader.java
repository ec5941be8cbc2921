package dev.nla.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a {@link ModelConfig}; where a key is missing, transformers' default for the family holds. */
final class ModelConfigReader {
    private static final int MANY = 1 << 24;
    private static final String MULTIMODAL = "gemma3";
    private static final String TEXT = "text_config";

    /** The families in which attention_bias says something. */
    private static final Set<Family> ATTENTION_BIASES = Set.of(Family.LLAMA, Family.QWEN3, Family.GEMMA3);

    private final Document config;
    private final Family family;
    private final boolean gemma;
    private final boolean multimodal;

    private ModelConfigReader(Document config, Family family, boolean multimodal) {
        this.config = config;
        this.family = family;
        this.gemma = family == Family.GEMMA3;
        this.multimodal = multimodal;
    }

    static ModelConfig read(Path modelDir) {
        Document whole = Document.json(modelDir.resolve("config.json"));
        String type = whole.text("model_type").orElse("");
        boolean multimodal = type.equals(MULTIMODAL);
        Document config = multimodal ? textModel(whole) : whole;
        Family family = multimodal
                ? Family.GEMMA3
                : Family.of(type).orElseThrow(() -> whole.wrong("model_type", "one of " + known()));
        Unsupported.refuse(config, family);
        Path generation = modelDir.resolve("generation_config.json");
        return new ModelConfigReader(config, family, multimodal)
                .model(Files.exists(generation) ? Document.json(generation) : config);
    }

    /** The text model's settings, which stand in a group of their own; what is missing there counts for the whole model. */
    private static Document textModel(Document whole) {
        if (!(whole.at(TEXT) instanceof ObjectNode own)) {
            throw whole.wrong(TEXT, "the settings of the text model");
        }
        ObjectNode flat = whole.tree().deepCopy();
        flat.remove(List.of(TEXT, "vision_config"));
        flat.setAll(own);
        return new Document(whole.file(), flat);
    }

    private ModelConfig model(Document generation) {
        int hidden = size("hidden_size");
        int layers = config.requiredInteger("num_hidden_layers", 1, 10_000);
        int heads = gemma ? size("num_attention_heads", 8) : size("num_attention_heads");
        int vocabulary = gemma ? size("vocab_size", 262_208) : size("vocab_size");
        int keyValueHeads = keyValueHeads(heads);
        int headDim = headDim(hidden, heads);
        boolean attentionBias = ATTENTION_BIASES.contains(family) && config.flag("attention_bias", false);
        return new ModelConfig(
                family,
                multimodal,
                vocabulary,
                hidden,
                size("intermediate_size"),
                layers,
                heads,
                keyValueHeads,
                headDim,
                family == Family.PHI3 ? RopeReader.partOf(headDim, config) : headDim,
                1 / Math.sqrt(gemma ? config.positive("query_pre_attn_scalar").orElse(256) : headDim),
                (float) config.positive("rms_norm_eps").orElse(family == Family.PHI3 ? 1e-5 : 1e-6),
                new AttentionReader(config, family, layers, maxPositions()).read(),
                tiedHead(),
                family == Family.QWEN2 || attentionBias,
                attentionBias,
                family == Family.LLAMA && config.flag("mlp_bias", false),
                maxPositions(),
                endIds(generation, vocabulary),
                padId(generation, vocabulary));
    }

    private boolean tiedHead() {
        boolean tied = config.flag("tie_word_embeddings", gemma);
        if (multimodal && !tied) {
            throw config.wrong("tie_word_embeddings", "true: a head of its own is not read from " + MULTIMODAL);
        }
        return tied;
    }

    private int size(String key) {
        return config.requiredInteger(key, 1, MANY);
    }

    private int size(String key, int otherwise) {
        return config.integer(key, 1, MANY).orElse(otherwise);
    }

    private int keyValueHeads(int heads) {
        int otherwise =
                switch (family) {
                    case GEMMA3 -> 4;
                    case MISTRAL -> config.tree().has("num_key_value_heads") ? heads : 8;
                    default -> heads;
                };
        int keyValueHeads = config.integer("num_key_value_heads", 1, heads).orElse(otherwise);
        if (heads % keyValueHeads != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads, which is " + heads);
        }
        return keyValueHeads;
    }

    private int headDim(int hidden, int heads) {
        OptionalInt given = config.integer("head_dim", 2, 1 << 16);
        if (given.isPresent()) {
            if (given.getAsInt() % 2 != 0) {
                throw config.wrong("head_dim", "an even number");
            }
            return given.getAsInt();
        }
        if (family == Family.QWEN3 || gemma) {
            return gemma ? 256 : 128;
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
                .orElse(
                        switch (family) {
                            case LLAMA -> 2048;
                            case QWEN2, QWEN3 -> 32_768;
                            case PHI3 -> 4096;
                            case MISTRAL, GEMMA3 -> 131_072;
                        });
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
        return Arrays.stream(Family.values()).map(Family::modelType).collect(Collectors.joining(", ")) + ", "
                + MULTIMODAL;
    }
}
