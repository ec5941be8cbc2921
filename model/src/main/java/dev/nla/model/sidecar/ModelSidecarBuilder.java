package dev.nla.model.sidecar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Sets the values of a {@link ModelSidecar} by name. */
public final class ModelSidecarBuilder {
    private final Role role;
    private String stage;
    private final int dModel;
    private Optional<String> baseModel = Optional.empty();
    private OptionalInt layer = OptionalInt.empty();
    private OptionalInt depthPercent = OptionalInt.empty();
    private OptionalDouble injectionNorm = OptionalDouble.empty();
    private InjectionCenter injectionCenter = InjectionCenter.NONE;
    private OptionalDouble mseScale;
    private Optional<MarkerTokens> marker = Optional.empty();
    private List<Long> suffixIds = List.of();
    private Optional<String> verbalizerTemplate = Optional.empty();
    private Optional<String> reconstructorTemplate = Optional.empty();
    private boolean chatTemplate = true;
    private Readout readout = Readout.MARKER_HIDDEN;
    private ActivationOrigin origin = ActivationOrigin.UNKNOWN;
    private final Map<String, Object> other = new LinkedHashMap<>();

    ModelSidecarBuilder(Role role, String stage, int dModel) {
        this.role = role;
        this.stage = stage;
        this.dModel = dModel;
        this.mseScale = OptionalDouble.of(Math.sqrt(dModel));
    }

    ModelSidecarBuilder(ModelSidecar from) {
        this(from.role(), from.stage(), from.dModel());
        baseModel = from.baseModel();
        layer = from.layer();
        depthPercent = from.depthPercent();
        injectionNorm = from.injectionNorm();
        injectionCenter = from.injectionCenter();
        mseScale = from.mseScale();
        marker = from.marker();
        suffixIds = from.suffixIds();
        verbalizerTemplate = from.verbalizerTemplate();
        reconstructorTemplate = from.reconstructorTemplate();
        chatTemplate = from.chatTemplate();
        readout = from.readout();
        origin = from.origin();
        other.putAll(from.other());
    }

    /** The training stage that makes the adapter. */
    public ModelSidecarBuilder stage(String name) {
        stage = name;
        return this;
    }

    /** The base model's name. */
    public ModelSidecarBuilder baseModel(String name) {
        baseModel = Optional.of(name);
        return this;
    }

    /** The block whose output the activations are, from 0. */
    public ModelSidecarBuilder layer(int block) {
        layer = OptionalInt.of(block);
        return this;
    }

    /** The depth that the prompt names, in percent. */
    public ModelSidecarBuilder depthPercent(int percent) {
        depthPercent = OptionalInt.of(percent);
        return this;
    }

    /** The L2 norm of injected vectors. */
    public ModelSidecarBuilder injectionNorm(double norm) {
        injectionNorm = OptionalDouble.of(norm);
        return this;
    }

    /** What is subtracted before rescaling. */
    public ModelSidecarBuilder injectionCenter(InjectionCenter center) {
        injectionCenter = center;
        return this;
    }

    /** The L2 norm of both vectors in the squared error; empty for raw vectors. */
    public ModelSidecarBuilder mseScale(OptionalDouble scale) {
        mseScale = scale;
        return this;
    }

    /** The marker token. */
    public ModelSidecarBuilder marker(MarkerTokens tokens) {
        marker = Optional.of(tokens);
        return this;
    }

    /** The ids that the reconstructor's prompt ends with. */
    public ModelSidecarBuilder suffixIds(List<Long> ids) {
        suffixIds = ids;
        return this;
    }

    /** The verbalizer's prompt template. */
    public ModelSidecarBuilder verbalizerTemplate(String template) {
        verbalizerTemplate = Optional.of(template);
        return this;
    }

    /** The reconstructor's prompt template. */
    public ModelSidecarBuilder reconstructorTemplate(String template) {
        reconstructorTemplate = Optional.of(template);
        return this;
    }

    /** Whether the verbalizer's prompt goes through the chat template. */
    public ModelSidecarBuilder chatTemplate(boolean used) {
        chatTemplate = used;
        return this;
    }

    /** How the reconstructor's vector is read. */
    public ModelSidecarBuilder readout(Readout how) {
        readout = how;
        return this;
    }

    /** Which activations it is trained on. */
    public ModelSidecarBuilder origin(ActivationOrigin activations) {
        origin = activations;
        return this;
    }

    /** Any other top-level key, for example {@code created_at} or {@code training}: plain lists, maps, texts and numbers. */
    public ModelSidecarBuilder other(String key, Object value) {
        other.put(key, value);
        return this;
    }

    /** Leaves out every other key: what is said of one adapter's training is not true of the next. */
    public ModelSidecarBuilder withoutOther() {
        other.clear();
        return this;
    }

    /** The checked sidecar. */
    public ModelSidecar build() {
        return new ModelSidecar(
                role,
                stage,
                baseModel,
                dModel,
                layer,
                depthPercent,
                injectionNorm,
                injectionCenter,
                mseScale,
                marker,
                suffixIds,
                verbalizerTemplate,
                reconstructorTemplate,
                chatTemplate,
                readout,
                origin,
                other);
    }
}
