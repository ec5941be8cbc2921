package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code README.md} of an adapter folder: a Hugging Face model card with the facts that sidecar and adapter know, and what it scored. */
public final class ModelCard {
    private static final String FILE = "README.md";

    private static final String EVALUATION = "\n## Evaluation\n\n";

    private ModelCard() {}

    /**
     * Puts figures at the end of an adapter's card, in place of those that stood there.
     *
     * @param folder of the adapter
     * @param figures Markdown
     * @throws InputException where the folder has no card
     */
    public static void evaluated(Path folder, String figures) {
        Path card = folder.resolve(FILE);
        String text;
        try {
            text = Files.readString(card);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: give an adapter folder written by nla train", card);
        }
        int before = text.indexOf(EVALUATION);
        AtomicFiles.write(card, (before < 0 ? text : text.substring(0, before)) + EVALUATION + figures);
    }

    static void write(Path folder, ModelSidecar sidecar, LoraSpec lora) {
        AtomicFiles.write(folder.resolve(FILE), text(sidecar, lora));
    }

    static String text(ModelSidecar sidecar, LoraSpec lora) {
        boolean verbalizer = sidecar.role() == Role.VERBALIZER;
        StringBuilder card = new StringBuilder("---\n");
        sidecar.baseModel()
                .ifPresent(
                        name -> card.append("base_model: ").append(quoted(name)).append('\n'));
        card.append("library_name: peft\ntags:\n- lora\n- natural-language-autoencoder\n---\n\n");
        card.append(verbalizer ? "# Activation verbalizer\n\n" : "# Activation reconstructor\n\n");
        card.append(
                verbalizer
                        ? "A LoRA adapter that puts an activation vector of its base model into words.\n\n"
                        : "A LoRA adapter that turns a description back into an activation vector of its base model.\n\n");
        card.append("| | |\n|---|---|\n");
        row(card, "base model", sidecar.baseModel());
        row(card, "stage", Optional.of(sidecar.stage()).filter(stage -> !stage.isEmpty()));
        row(card, "layer", shown(sidecar.layer()).map(layer -> "output of block " + layer + ", counted from 0"));
        row(card, "activations", sidecar.origin().text());
        row(card, "vector length", Optional.of(Integer.toString(sidecar.dModel())));
        row(card, "LoRA", Optional.of(lora(lora)));
        if (verbalizer) {
            injection(card, sidecar);
        } else {
            row(card, "read-out", Optional.of(sidecar.readout().written()));
        }
        card.append("\nPrompts, marker and everything else a reader needs stand in `")
                .append(ModelSidecar.FILE)
                .append("`.\n");
        return card.toString();
    }

    private static void injection(StringBuilder card, ModelSidecar sidecar) {
        String center = sidecar.injectionCenter() == InjectionCenter.MEAN ? "minus the mean, then " : "";
        row(
                card,
                "injection",
                sidecar.injectionNorm().isPresent()
                        ? Optional.of(center + "rescaled to L2 norm "
                                + sidecar.injectionNorm().getAsDouble())
                        : Optional.empty());
        row(card, "marker", sidecar.marker().map(ModelCard::shown));
        row(card, "chat template", Optional.of(sidecar.chatTemplate() ? "used" : "not used"));
    }

    private static String lora(LoraSpec lora) {
        return String.format(
                Locale.ROOT,
                "rank %d, alpha %s, dropout %s, on %s",
                lora.rank(),
                lora.alpha(),
                lora.dropout(),
                lora.modules().targets().shown());
    }

    private static String shown(MarkerTokens marker) {
        return "`" + marker.text() + "` (token " + marker.id() + ")";
    }

    private static Optional<String> shown(OptionalInt value) {
        return value.isPresent() ? Optional.of(Integer.toString(value.getAsInt())) : Optional.empty();
    }

    private static void row(StringBuilder card, String name, Optional<String> value) {
        value.ifPresent(text -> card.append("| ")
                .append(name)
                .append(" | ")
                .append(text.replace("|", "\\|"))
                .append(" |\n"));
    }

    /** A YAML string in double quotes. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
