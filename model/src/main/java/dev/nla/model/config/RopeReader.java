package dev.nla.model.config;

import dev.nla.model.files.Document;

/**
 * Reads the rotary embedding in both spellings: {@code rope_parameters} with {@code rope_theta} inside (transformers 5), or
 * {@code rope_theta} beside {@code rope_scaling} (before).
 */
final class RopeReader {
    private static final double DEFAULT_THETA = 10_000;

    private final Document config;
    private final String group;

    private RopeReader(Document config, String group) {
        this.config = config;
        this.group = group;
    }

    static Rope read(Document config, int maxPositions) {
        String group = config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
        if (config.has(group) && !config.at(group).isObject()) {
            throw config.wrong(group, "a mapping with rope_type");
        }
        return new RopeReader(config, group).rope(maxPositions);
    }

    private Rope rope(int maxPositions) {
        double theta = config.positive(key("rope_theta"))
                .orElseGet(() -> config.positive("rope_theta").orElse(DEFAULT_THETA));
        if (config.positive(key("partial_rotary_factor")).orElse(1) != 1) {
            throw config.wrong(key("partial_rotary_factor"), "1: partial rotation is not computed");
        }
        String typeKey = config.has(key("rope_type")) ? key("rope_type") : key("type");
        return switch (config.text(typeKey).orElse("default")) {
            case "default" -> plain(theta);
            case "linear" -> new LinearRope(theta, number("factor"));
            case "llama3" -> llama3(theta, maxPositions);
            default -> throw config.wrong(typeKey, "default, linear or llama3; other scalings are not computed");
        };
    }

    private Rope plain(double theta) {
        config.at(group).properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                throw config.wrong(group, "one rotary embedding for all layers, not one for " + entry.getKey());
            }
        });
        return new DefaultRope(theta);
    }

    private Rope llama3(double theta, int maxPositions) {
        double low = number("low_freq_factor");
        double high = number("high_freq_factor");
        if (high <= low) {
            throw config.wrong(key("high_freq_factor"), "a number above low_freq_factor, which is " + low);
        }
        int original = config.integer(key("original_max_position_embeddings"), 1, Integer.MAX_VALUE)
                .orElse(maxPositions);
        return new Llama3Rope(theta, number("factor"), low, high, original);
    }

    private double number(String name) {
        return config.positive(key(name)).orElseThrow(() -> config.wrong(key(name), "a number above 0"));
    }

    private String key(String name) {
        return group + "." + name;
    }
}
