package dev.nla.model.sidecar;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an adapter was trained with, {@code nla_meta.yaml} of kind {@code nla_model}.
 *
 * @param role what the adapter is for
 * @param stage the training stage that made it, for example {@code sft} or {@code rl}; empty where the file does not say
 * @param baseModel the base model's name, where it is recorded
 * @param dModel d, the length of an activation
 * @param layer the block whose output the activations are, counted from 0 (Hugging Face's {@code hidden_states[layer + 1]}), where it is
 *     recorded. The keys {@code num_hidden_layers} inside {@code critic} and {@code ar} hold this number too: kitft's first schema called
 *     it so, although the truncated critic's own {@code config.json} counts one block more
 * @param depthPercent the depth that the verbalizer's prompt names, from 0 to 100, where it is recorded
 * @param injectionNorm the L2 norm that injected vectors are scaled to; always there for a verbalizer
 * @param injectionCenter what is subtracted first
 * @param mseScale the L2 norm that both vectors are scaled to before the squared error; empty for raw vectors. A file without the key
 *     means {@code sqrt(d)}
 * @param marker the marker token; always there for a verbalizer
 * @param suffixIds the ids that the reconstructor's prompt ends with; empty where they are not recorded
 * @param verbalizerTemplate the verbalizer's prompt with {@code {injection_char}} once; always there for a verbalizer
 * @param reconstructorTemplate the reconstructor's prompt with {@code {explanation}} once
 * @param chatTemplate whether the verbalizer's prompt is a user's turn in the chat template; true where the file does not say, as in kitft
 * @param readout how the reconstructor's vector is read. A file without the key means a value head if {@code value_head.safetensors} lies
 *     beside it, else the hidden state at the marker
 * @param origin which activations it was trained on, as far as that is known
 * @param other every other key, as plain lists, maps, texts and numbers; written back unchanged
 */
public record ModelSidecar(
        Role role,
        String stage,
        Optional<String> baseModel,
        int dModel,
        OptionalInt layer,
        OptionalInt depthPercent,
        OptionalDouble injectionNorm,
        InjectionCenter injectionCenter,
        OptionalDouble mseScale,
        Optional<MarkerTokens> marker,
        List<Long> suffixIds,
        Optional<String> verbalizerTemplate,
        Optional<String> reconstructorTemplate,
        boolean chatTemplate,
        Readout readout,
        ActivationOrigin origin,
        Map<String, Object> other) {

    /** The file's name in an adapter folder. */
    public static final String FILE = "nla_meta.yaml";

    /** The key that tells the weights which the activations of training come from. */
    public static final String MODEL_FINGERPRINT = "model_fingerprint";

    /** Checks ranges, and that a verbalizer has what it cannot do without. */
    public ModelSidecar {
        require(dModel > 0, "d must be above 0");
        require(layer.orElse(0) >= 0, "layers are counted from 0");
        require(depthPercent.orElse(0) >= 0 && depthPercent.orElse(0) <= 100, "a depth is from 0 to 100 percent");
        require(isNorm(injectionNorm.orElse(1)) && isNorm(mseScale.orElse(1)), "norms are above 0 and finite");
        require(
                role != Role.VERBALIZER
                        || (injectionNorm.isPresent() && marker.isPresent() && verbalizerTemplate.isPresent()),
                "a verbalizer needs a norm, a marker and a prompt template");
        suffixIds = List.copyOf(suffixIds);
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    /**
     * Reads the sidecar of an adapter or model folder.
     *
     * @throws dev.nla.model.InputException when it is missing, broken, of a newer version, or contradicts itself
     */
    public static ModelSidecar read(Path folder) {
        return read(folder.resolve(FILE), folder);
    }

    /**
     * Reads a sidecar that lies elsewhere than the adapter.
     *
     * @param file the YAML file
     * @param folder of the adapter it is to stand for
     * @throws dev.nla.model.InputException as for {@link #read(Path)}
     */
    public static ModelSidecar read(Path file, Path folder) {
        return ModelSidecarReader.read(file, folder);
    }

    /** What tells the weights that it was trained for, as {@link DatasetSidecar#modelFingerprint}; empty where it was not recorded. */
    public Optional<String> modelFingerprint() {
        return Optional.ofNullable(other.get(MODEL_FINGERPRINT)).map(Object::toString);
    }

    /** Writes the sidecar into a folder, with kitft's keys in the spelling of the released checkpoints (schema version 2). */
    public void write(Path folder) {
        SidecarFile.write(folder.resolve(FILE), ModelSidecarWriter.tree(this));
    }

    /** A builder with nothing but these three set, raw centring, {@code mse_scale} sqrt(d), the chat template and a marker read-out. */
    public static ModelSidecarBuilder builder(Role role, String stage, int dModel) {
        return new ModelSidecarBuilder(role, stage, dModel);
    }

    /** A builder that starts from these values. */
    public ModelSidecarBuilder toBuilder() {
        return new ModelSidecarBuilder(this);
    }

    private static boolean isNorm(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
