package dev.nla.model.lora;

import dev.nla.model.config.ModelConfig;
import java.util.Arrays;
import java.util.Optional;

/** The seven linear layers of a decoder block, which LoRA can adapt. */
public enum Projection {
    /** Query. */
    Q_PROJ("self_attn.q_proj"),
    /** Key. */
    K_PROJ("self_attn.k_proj"),
    /** Value. */
    V_PROJ("self_attn.v_proj"),
    /** Output of the attention. */
    O_PROJ("self_attn.o_proj"),
    /** Gate of the feed-forward layer. */
    GATE_PROJ("mlp.gate_proj"),
    /** Up-projection of the feed-forward layer. */
    UP_PROJ("mlp.up_proj"),
    /** Down-projection of the feed-forward layer. */
    DOWN_PROJ("mlp.down_proj");

    private final String path;

    Projection(String path) {
        this.path = path;
    }

    /** The name of the last part of the module, for example {@code q_proj}; the spelling of {@code target_modules}. */
    public String hfName() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** The path inside a block, for example {@code self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** The full module name in the base model, for example {@code model.layers.3.self_attn.q_proj}. */
    public String moduleName(int layer) {
        return "model.layers." + layer + "." + path;
    }

    /** The projection that {@code q_proj} or {@code self_attn.q_proj} names. */
    public static Optional<Projection> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.path.equals(name) || each.hfName().equals(name))
                .findFirst();
    }

    /** Columns of the weight: the width of what comes in. */
    public int inFeatures(ModelConfig config) {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ, GATE_PROJ, UP_PROJ -> config.hiddenSize();
            case O_PROJ -> config.queryWidth();
            case DOWN_PROJ -> config.intermediateSize();
        };
    }

    /** Rows of the weight: the width of what goes out. */
    public int outFeatures(ModelConfig config) {
        return switch (this) {
            case Q_PROJ -> config.queryWidth();
            case K_PROJ, V_PROJ -> config.keyValueWidth();
            case O_PROJ, DOWN_PROJ -> config.hiddenSize();
            case GATE_PROJ, UP_PROJ -> config.intermediateSize();
        };
    }
}
