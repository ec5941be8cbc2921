package dev.nla.model.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads every spelling of a model's sidecar. */
final class ModelSidecarReader {
    private static final String KIND = "nla_model";
    private static final int NEWEST = 2;
    private static final String REMEDY = "give the folder of an adapter, such as RUN/adapter, not of a dataset";
    private static final int MANY = 1 << 24;
    private static final String[] D_MODEL = {"d_model", "extraction.d_model"};
    private static final String[] BASE = {"base_checkpoint", "base_model", "extraction.base_model"};
    private static final String[] LAYER = {
        "extraction_layer_index",
        "extraction.layer_index",
        "ar.extraction_layer_index",
        "critic.extraction_layer_index",
        "ar.num_hidden_layers",
        "critic.num_hidden_layers"
    };

    private final Document file;
    private final Path folder;

    private ModelSidecarReader(Document file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * Reads a sidecar file.
     *
     * @param folder the adapter it stands for, in which a value head may lie
     */
    static ModelSidecar read(Path file, Path folder) {
        return read(SidecarFile.read(file, KIND, NEWEST, REMEDY), folder);
    }

    /** The same where the YAML is at hand. */
    static ModelSidecar read(Document document, Path folder) {
        Document file = SidecarFile.checked(document, KIND, NEWEST, REMEDY);
        try {
            return new ModelSidecarReader(file, folder).sidecar();
        } catch (IllegalArgumentException e) {
            throw InputException.data(e, "%s: %s", file.file(), e.getMessage());
        }
    }

    private ModelSidecar sidecar() {
        Role role = role();
        int d = SidecarFile.spelling(file, D_MODEL)
                .map(path -> file.requiredInteger(path, 1, MANY))
                .orElseThrow(() -> file.wrong("d_model", "the length of an activation"));
        Optional<MarkerTokens> marker = MarkerTokens.read(file);
        Optional<String> verbalizer = SidecarFile.template(file, "{injection_char}", Role.VERBALIZER.spellings());
        OptionalDouble norm = scale("extraction.injection_scale", d);
        if (role == Role.VERBALIZER) {
            marker.orElseThrow(() -> file.wrong("tokens.injection_char", "the marker, a text that is one token"));
            verbalizer.orElseThrow(() -> file.wrong("prompt_templates.av", "the prompt with {injection_char}"));
            norm.orElseThrow(
                    () -> file.wrong("extraction.injection_scale", "the L2 norm of injected vectors, or sqrt_d_model"));
        }
        return new ModelSidecar(
                role,
                file.text("stage").orElse(""),
                SidecarFile.spelling(file, BASE).flatMap(file::text),
                d,
                layer(),
                file.integer("extraction.depth_percent", 0, 100),
                norm,
                choice("extraction.injection_center", InjectionCenter.values(), InjectionCenter.NONE),
                hasKey("extraction", "mse_scale") ? scale("extraction.mse_scale", d) : OptionalDouble.of(Math.sqrt(d)),
                marker,
                file.ids("tokens.critic_suffix_ids"),
                verbalizer,
                SidecarFile.template(file, "{explanation}", Role.RECONSTRUCTOR.spellings()),
                file.flag("training.chat_template", true),
                choice("ar.readout", Readout.values(), readoutOfFolder()),
                ActivationOrigin.read(file),
                SidecarFile.others(file.tree(), known()));
    }

    private Role role() {
        String text = file.text("role").orElse("");
        return Arrays.stream(Role.values())
                .filter(role -> role.spellings().contains(text))
                .findFirst()
                .orElseThrow(() -> file.wrong(
                        "role",
                        "one of " + String.join(", ", Role.VERBALIZER.spellings()) + " (describes) or "
                                + String.join(", ", Role.RECONSTRUCTOR.spellings()) + " (reconstructs)"));
    }

    private OptionalInt layer() {
        return SidecarFile.spelling(file, LAYER)
                .map(path -> file.integer(path, 0, 10_000))
                .orElse(OptionalInt.empty());
    }

    /** A norm: a number, a number in quotes, {@code sqrt_d_model}, or raw, none and null for "as it is". */
    private OptionalDouble scale(String path, int d) {
        JsonNode node = file.at(path);
        if (!node.isTextual()) {
            return file.positive(path);
        }
        return switch (node.textValue()) {
            case "sqrt_d_model" -> OptionalDouble.of(Math.sqrt(d));
            case "raw", "none" -> OptionalDouble.empty();
            default -> OptionalDouble.of(number(path, node.textValue()));
        };
    }

    private double number(String path, String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw file.wrong(path, "a number above 0, sqrt_d_model or raw");
        }
        throw file.wrong(path, "a number above 0, sqrt_d_model or raw");
    }

    private boolean hasKey(String group, String key) {
        return file.tree().path(group).has(key);
    }

    private Readout readoutOfFolder() {
        return Files.exists(folder.resolve("value_head.safetensors")) ? Readout.VALUE_HEAD : Readout.MARKER_HIDDEN;
    }

    private <E extends Enum<E>> E choice(String path, E[] values, E otherwise) {
        if (!file.has(path)) {
            return otherwise;
        }
        String text = file.text(path).orElseThrow();
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        file.wrong(path, "one of " + Arrays.toString(values).toLowerCase(Locale.ROOT)));
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(List.of(
                "kind",
                "schema_version",
                "role",
                "stage",
                "extraction.injection_scale",
                "extraction.injection_center",
                "extraction.mse_scale",
                "extraction.depth_percent",
                ActivationOrigin.PROMPT,
                ActivationOrigin.POSITION,
                ActivationOrigin.SKIP_FIRST,
                "tokens.injection_char",
                "tokens.injection_token_id",
                "tokens.injection_left_neighbor_id",
                "tokens.injection_right_neighbor_id",
                "tokens.critic_suffix_ids",
                "training.chat_template",
                "ar.readout"));
        known.addAll(List.of(D_MODEL));
        known.addAll(List.of(BASE));
        known.addAll(List.of(LAYER));
        for (Role role : Role.values()) {
            role.spellings().forEach(name -> known.add("prompt_templates." + name));
        }
        return known;
    }
}
