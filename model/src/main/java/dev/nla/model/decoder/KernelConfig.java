package dev.nla.model.decoder;

import dev.nla.model.config.Attention;
import dev.nla.model.config.Family;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.torch.KernelObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What kernels know of an architecture: the class {@code Config} of {@code kernels/config.py}, which says what each attribute means. */
final class KernelConfig {
    private KernelConfig() {}

    /**
     * Fills it in.
     *
     * @param span queries whose attention is computed at a time
     */
    static KernelObject of(ModelConfig config, ComputeType type, int span) {
        Family family = config.family();
        List<Attention> kinds = config.attentionKinds();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dtype", type.activations());
        attributes.put("layers", config.layers());
        attributes.put("heads", config.heads());
        attributes.put("kv_heads", config.keyValueHeads());
        attributes.put("head_dim", config.headDim());
        attributes.put("scale", config.attentionScale());
        attributes.put("kinds", config.attention().stream().map(kinds::indexOf).toList());
        attributes.put("windows", kinds.stream().map(Attention::window).toList());
        attributes.put(
                "frequencies",
                kinds.stream().map(kind -> frequencies(config, kind)).toList());
        attributes.put("span", span);
        attributes.put("embedding_scale", family.scalesEmbeddings() ? Math.sqrt(config.hiddenSize()) : 1.0);
        attributes.put("norms_about_one", family.normsAboutOne());
        attributes.put("gelu", family.gelu());
        attributes.put("fused", family.fusedProjections());
        attributes.put("eps", (double) config.rmsEps());
        return new KernelObject("config", "Config", attributes);
    }

    private static List<Double> frequencies(ModelConfig config, Attention kind) {
        float[] frequencies = kind.rope().inverseFrequencies(config.rotaryDim());
        return IntStream.range(0, frequencies.length)
                .mapToObj(i -> (double) frequencies[i])
                .toList();
    }
}
