package dev.nla.model.config;

import dev.nla.model.files.Document;

/**
 * Reads a rotary embedding in both spellings: {@code rope_parameters} with {@code rope_theta} inside (transformers 5), or
 * {@code rope_theta} beside {@code rope_scaling} (before).
 */
final class RopeReader {
    private static final String NEW = "rope_parameters";
    private static final String OLD = "rope_scaling";
    private static final String FULL = ".full_attention";
    private static final String SLIDING = ".sliding_attention";
    private static final String PARTIAL = "partial_rotary_factor";
    private static final double DEFAULT_THETA = 10_000;
    private static final double DEFAULT_FULL_THETA = 1_000_000;

    private final Document config;
    private final String group;
    private final String thetaKey;
    private final double defaultTheta;

    private RopeReader(Document config, String group, String thetaKey, double defaultTheta) {
        this.config = config;
        this.group = group;
        this.thetaKey = thetaKey;
        this.defaultTheta = defaultTheta;
        if (config.has(group) && !config.at(group).isObject()) {
            throw config.wrong(group, "a mapping with rope_type");
        }
    }

    /** The one rotary embedding of all blocks. */
    static Rope read(Document config, Family family, int maxPositions) {
        RopeReader reader = new RopeReader(config, config.has(NEW) ? NEW : OLD, "rope_theta", DEFAULT_THETA);
        return family == Family.PHI3 ? reader.unscaled() : reader.whole(maxPositions);
    }

    /** Gemma 3's for blocks that see everything; only this one is scaled. */
    static Rope full(Document config, int maxPositions) {
        if (config.has(NEW) && !(config.has(NEW + FULL) && config.has(NEW + SLIDING))) {
            throw config.wrong(NEW, "one rotary embedding for full_attention and one for sliding_attention");
        }
        String group = config.has(NEW) ? NEW + FULL : OLD;
        return new RopeReader(config, group, "rope_theta", DEFAULT_FULL_THETA).whole(maxPositions);
    }

    /** Gemma 3's for blocks that see a window. */
    static Rope sliding(Document config, int maxPositions) {
        return new RopeReader(config, NEW + SLIDING, "rope_local_base_freq", DEFAULT_THETA).whole(maxPositions);
    }

    /** How many of a head's dimensions Phi-3 rotates. */
    static int partOf(int headDim, Document config) {
        String key = config.has(NEW + "." + PARTIAL) ? NEW + "." + PARTIAL : PARTIAL;
        int dim = (int) (headDim * config.positive(key).orElse(1));
        if (dim < 2 || dim > headDim || dim % 2 != 0) {
            throw config.wrong(
                    key, "a share of head_dim, which is " + headDim + ", that is an even number of dimensions");
        }
        return dim;
    }

    private Rope whole(int maxPositions) {
        if (config.positive(key(PARTIAL)).orElse(1) != 1) {
            throw config.wrong(key(PARTIAL), "1: only phi3 is rotated in part");
        }
        return switch (type()) {
            case "default" -> plain();
            case "linear" -> new LinearRope(theta(), number("factor"));
            case "llama3" -> llama3(maxPositions);
            default -> throw config.wrong(typeKey(), "default, linear or llama3; other scalings are not computed");
        };
    }

    private Rope unscaled() {
        if (!type().equals("default")) {
            throw config.wrong(
                    typeKey(), "default: LongRoPE, which changes with the length of a text, is not computed");
        }
        return plain();
    }

    private Rope plain() {
        config.at(group).properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                throw config.wrong(group, "one rotary embedding for all layers, not one for " + entry.getKey());
            }
        });
        return new DefaultRope(theta());
    }

    private Rope llama3(int maxPositions) {
        double low = number("low_freq_factor");
        double high = number("high_freq_factor");
        if (high <= low) {
            throw config.wrong(key("high_freq_factor"), "a number above low_freq_factor, which is " + low);
        }
        int original = config.integer(key("original_max_position_embeddings"), 1, Integer.MAX_VALUE)
                .orElse(maxPositions);
        return new Llama3Rope(theta(), number("factor"), low, high, original);
    }

    private double theta() {
        return config.positive(key("rope_theta"))
                .orElseGet(() -> config.positive(thetaKey).orElse(defaultTheta));
    }

    private String type() {
        return config.text(typeKey()).orElse("default");
    }

    private String typeKey() {
        return config.has(key("rope_type")) ? key("rope_type") : key("type");
    }

    private double number(String name) {
        return config.positive(key(name)).orElseThrow(() -> config.wrong(key(name), "a number above 0"));
    }

    private String key(String name) {
        return group + "." + name;
    }
}
