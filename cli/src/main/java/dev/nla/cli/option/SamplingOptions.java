package dev.nla.cli.option;

import dev.nla.model.generation.Sampling;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how descriptions are written. */
public final class SamplingOptions {
    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "1",
            description = "Descriptions of each activation. Default: ${DEFAULT-VALUE}")
    private int samples;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "0 takes the likeliest token each time. Default: ${DEFAULT-VALUE}")
    private float temperature;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "0",
            description = "0 for all. Default: ${DEFAULT-VALUE}")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "1 for all. Default: ${DEFAULT-VALUE}")
    private float topP;

    @Mixin
    private WritingOptions writing;

    public Sampling sampling() {
        writing.check();
        return new Sampling(temperature, topK, topP, writing.maxNewTokens());
    }

    public int samples() {
        AtLeast.require("--samples", samples, 1);
        return samples;
    }

    public long seed() {
        return writing.seed();
    }

    /** How descriptions were written, for provenance. */
    public Map<String, Object> provenance() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("samples", samples);
        values.put("temperature", temperature);
        values.put("top_k", topK);
        values.put("top_p", topP);
        values.put("max_new_tokens", writing.maxNewTokens());
        return values;
    }
}
