package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.injection.Marker;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.safetensors.DType;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;

/**
 * A reconstructor with the sidecar that describes it. The adapter belongs to whoever made or read it.
 *
 * @param sidecar what {@code nla_meta.yaml} says
 * @param reconstructor ready to use
 */
public record ReconstructorFolder(ModelSidecar sidecar, Reconstructor reconstructor) {
    /** Reads a folder and checks it against base model and tokenizer. */
    public static ReconstructorFolder read(Path folder, Decoder decoder, Tokenizer tokenizer) {
        return read(AdapterFolder.open(folder, Role.RECONSTRUCTOR), decoder, tokenizer);
    }

    /** Reads an adapter with the sidecar that counts for it. */
    public static ReconstructorFolder read(AdapterFolder given, Decoder decoder, Tokenizer tokenizer) {
        Path folder = given.path();
        ModelSidecar sidecar = given.sidecar();
        AdapterChecks.role(folder, sidecar, Role.RECONSTRUCTOR);
        AdapterChecks.belongs(folder, sidecar, decoder.config());
        return of(
                folder.toString(),
                sidecar,
                PeftFolder.read(folder, decoder.manager(), decoder.config()),
                decoder,
                tokenizer);
    }

    /**
     * A reconstructor around an adapter.
     *
     * @param name for errors
     */
    public static ReconstructorFolder of(
            String name, ModelSidecar sidecar, LoraAdapter adapter, Decoder decoder, Tokenizer tokenizer) {
        int layer = sidecar.layer()
                .orElseThrow(() -> InputException.data(
                        "%s/nla_meta.yaml: extraction_layer_index is missing: add the layer whose activations are reconstructed",
                        name));
        String template = sidecar.reconstructorTemplate()
                .orElseThrow(() -> InputException.data(
                        "%s/nla_meta.yaml: prompt_templates.ar is missing: add the reconstructor's prompt", name));
        String marker = "";
        if (sidecar.readout() == Readout.MARKER_HIDDEN) {
            MarkerTokens written = sidecar.marker()
                    .orElseThrow(() -> InputException.data(
                            "%s/nla_meta.yaml: tokens.injection_char is missing: a marker_hidden read-out needs it",
                            name));
            marker = written.text();
            template = withoutMarker(template);
        } else if (!adapter.layout().hasValueHead()) {
            throw InputException.data("%s: ar.readout is value_head but value_head.safetensors is missing", name);
        }
        Reconstructor reconstructor =
                new Reconstructor(decoder, tokenizer, adapter, template, sidecar.readout(), marker, layer);
        if (!marker.isEmpty()) {
            Marker.lastIn(tokenizer, marker, reconstructor.tokens(""));
        }
        return new ReconstructorFolder(sidecar, reconstructor);
    }

    /** nla-at-home writes the place of the marker into the template; it follows the template in any case. */
    private static String withoutMarker(String template) {
        return template.endsWith(VerbalizerPrompt.MARKER_FIELD)
                ? template.substring(0, template.length() - VerbalizerPrompt.MARKER_FIELD.length())
                : template;
    }

    /** The L2 norm that vectors are scaled to before their squared error is taken; the square root of d where the sidecar has none. */
    public double scale() {
        return sidecar.mseScale().orElse(Math.sqrt(sidecar.dModel()));
    }

    /**
     * The same as another training stage will leave it.
     *
     * @param origin the activations of that stage; what it leaves open stays as it was
     */
    public ReconstructorFolder inStage(String stage, ActivationOrigin origin) {
        ModelSidecar next = sidecar.toBuilder()
                .stage(stage)
                .origin(origin.or(sidecar.origin()))
                .build();
        return new ReconstructorFolder(next, reconstructor);
    }

    /** Refuses activations of another layer than the adapter was trained on. */
    public void requireLayer(int layer) {
        AdapterChecks.layer(sidecar, layer);
    }

    /** Writes the whole folder, weights in bfloat16. */
    public void write(Path folder) {
        PeftFolder.write(folder, reconstructor.adapter(), sidecar.baseModel().orElse(""), DType.BF16);
        sidecar.write(folder);
        ModelCard.write(folder, sidecar, reconstructor.adapter().spec());
    }
}
