package dev.nla.model.config;

import dev.nla.model.files.Document;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Reads what each block attends to: its window and its rotary embedding. */
final class AttentionReader {
    private static final String TYPES = "layer_types";
    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";
    private static final String WINDOW = "sliding_window";
    private static final int DEFAULT_WINDOW = 4096;

    private final Document config;
    private final Family family;
    private final int layers;
    private final int maxPositions;

    AttentionReader(Document config, Family family, int layers, int maxPositions) {
        this.config = config;
        this.family = family;
        this.layers = layers;
        this.maxPositions = maxPositions;
    }

    /** One entry a block. */
    List<Attention> read() {
        return switch (family) {
            case LLAMA, QWEN2, QWEN3 -> alike(0);
            case MISTRAL -> alike(config.tree().has(WINDOW) ? window(0) : DEFAULT_WINDOW);
            case PHI3 -> alike(window(0));
            case GEMMA3 -> mixed();
        };
    }

    private List<Attention> alike(int window) {
        String type = window == 0 ? FULL : SLIDING;
        if (config.has(TYPES) && !config.texts(TYPES).stream().allMatch(type::equals)) {
            throw config.wrong(TYPES, "only " + type + ", what " + family.modelType() + " computes in every block");
        }
        return Collections.nCopies(layers, new Attention(RopeReader.read(config, family, maxPositions), window));
    }

    private List<Attention> mixed() {
        Attention full = new Attention(RopeReader.full(config, maxPositions), 0);
        Attention sliding = new Attention(RopeReader.sliding(config, maxPositions), window(DEFAULT_WINDOW));
        return types().stream().map(type -> type.equals(FULL) ? full : sliding).toList();
    }

    private List<String> types() {
        if (!config.has(TYPES)) {
            int pattern = config.integer("sliding_window_pattern", 1, 10_000).orElse(6);
            return IntStream.rangeClosed(1, layers)
                    .mapToObj(i -> i % pattern == 0 ? FULL : SLIDING)
                    .toList();
        }
        List<String> types = config.texts(TYPES);
        if (types.size() != layers || !List.of(FULL, SLIDING).containsAll(types)) {
            throw config.wrong(TYPES, FULL + " or " + SLIDING + " for each of the " + layers + " layers");
        }
        return types;
    }

    private int window(int otherwise) {
        return config.integer(WINDOW, 1, Integer.MAX_VALUE).orElse(otherwise);
    }
}
