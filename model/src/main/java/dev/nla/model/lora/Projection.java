package dev.nla.model.lora;

import dev.nla.model.config.Family;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.NameSpace;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The linear layers of a decoder block, which LoRA can adapt: seven, or with {@link Family#fusedProjections() fused projections} four. The
 * kernels know seven places in every family, of which a fused projection takes several.
 */
public enum Projection {
    /** Query. */
    Q_PROJ("self_attn.q_proj", 0, 1),
    /** Key. */
    K_PROJ("self_attn.k_proj", 1, 1),
    /** Value. */
    V_PROJ("self_attn.v_proj", 2, 1),
    /** Query, key and value, one below the other. */
    QKV_PROJ("self_attn.qkv_proj", 0, 3),
    /** Output of the attention. */
    O_PROJ("self_attn.o_proj", 3, 1),
    /** Gate of the feed-forward layer. */
    GATE_PROJ("mlp.gate_proj", 4, 1),
    /** Up-projection of the feed-forward layer. */
    UP_PROJ("mlp.up_proj", 5, 1),
    /** Gate and up-projection, one below the other. */
    GATE_UP_PROJ("mlp.gate_up_proj", 4, 2),
    /** Down-projection of the feed-forward layer. */
    DOWN_PROJ("mlp.down_proj", 6, 1);

    /** Places of a block in the kernels. */
    static final int PLACES = 7;

    private static final Set<Projection> FUSED = EnumSet.of(QKV_PROJ, O_PROJ, GATE_UP_PROJ, DOWN_PROJ);
    private static final Set<Projection> SEPARATE = EnumSet.complementOf(EnumSet.of(QKV_PROJ, GATE_UP_PROJ));

    private final String path;
    private final int firstPlace;
    private final int places;

    Projection(String path, int firstPlace, int places) {
        this.path = path;
        this.firstPlace = firstPlace;
        this.places = places;
    }

    /** The linear layers that a family's blocks have, in the order of their places. */
    public static Set<Projection> of(Family family) {
        return Collections.unmodifiableSet(family.fusedProjections() ? FUSED : SEPARATE);
    }

    /** The first of its places in the kernels' seven. */
    int firstPlace() {
        return firstPlace;
    }

    /** How many places it takes. */
    int places() {
        return places;
    }

    /** The name of the last part of the module, for example {@code q_proj}; the spelling of {@code target_modules}. */
    public String hfName() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** The path inside a block, for example {@code self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** The full module name in a base model, for example {@code model.layers.3.self_attn.q_proj}, as PEFT sees it. */
    public String moduleName(ModelConfig config, int layer) {
        return NameSpace.ofModules(config).module(layer, path);
    }

    /** The names of all linear layers of a family's blocks. */
    public static List<String> names(Family family) {
        return of(family).stream().map(Projection::hfName).toList();
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
            case Q_PROJ, K_PROJ, V_PROJ, QKV_PROJ, GATE_PROJ, UP_PROJ, GATE_UP_PROJ -> config.hiddenSize();
            case O_PROJ -> config.queryWidth();
            case DOWN_PROJ -> config.intermediateSize();
        };
    }

    /** Rows of the weight: the width of what goes out. */
    public int outFeatures(ModelConfig config) {
        return switch (this) {
            case Q_PROJ -> config.queryWidth();
            case K_PROJ, V_PROJ -> config.keyValueWidth();
            case QKV_PROJ -> config.queryWidth() + 2 * config.keyValueWidth();
            case O_PROJ, DOWN_PROJ -> config.hiddenSize();
            case GATE_PROJ, UP_PROJ -> config.intermediateSize();
            case GATE_UP_PROJ -> 2 * config.intermediateSize();
        };
    }
}
