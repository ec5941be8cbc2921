package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.injection.Injection;
import dev.nla.model.injection.Marker;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.DType;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.InjectionMean;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.model.verbalizer.ExplanationFormat;
import dev.nla.model.verbalizer.Verbalizer;
import java.nio.file.Path;

/**
 * A verbalizer with the sidecar that describes it. The adapter belongs to whoever made or read it.
 *
 * @param sidecar what {@code nla_meta.yaml} says
 * @param verbalizer ready to use
 */
public record VerbalizerFolder(ModelSidecar sidecar, Verbalizer verbalizer) {
    /** Reads a folder and checks it against base model and tokenizer. */
    public static VerbalizerFolder read(Path folder, Decoder decoder, Tokenizer tokenizer) {
        return read(AdapterFolder.open(folder, Role.VERBALIZER), decoder, tokenizer);
    }

    /** Reads an adapter with the sidecar that counts for it, such as one with another prompt. */
    public static VerbalizerFolder read(AdapterFolder given, Decoder decoder, Tokenizer tokenizer) {
        Path folder = given.path();
        ModelSidecar sidecar = given.sidecar();
        AdapterChecks.role(folder, sidecar, Role.VERBALIZER);
        AdapterChecks.belongs(folder, sidecar, decoder.config());
        float[] center = sidecar.injectionCenter() == InjectionCenter.MEAN
                ? InjectionMean.read(folder, sidecar.dModel())
                : new float[0];
        return of(
                folder.toString(),
                sidecar,
                center,
                PeftFolder.read(folder, decoder.manager(), decoder.config()),
                decoder,
                tokenizer);
    }

    /**
     * A verbalizer around an adapter.
     *
     * @param name for errors
     * @param center the mean that injection subtracts, empty for none
     */
    public static VerbalizerFolder of(
            String name,
            ModelSidecar sidecar,
            float[] center,
            LoraAdapter adapter,
            Decoder decoder,
            Tokenizer tokenizer) {
        decoder.requireHead();
        MarkerTokens written = sidecar.marker().orElseThrow();
        VerbalizerPrompt prompt = VerbalizerPrompt.render(
                tokenizer,
                sidecar.verbalizerTemplate().orElseThrow(),
                sidecar.chatTemplate(),
                written.text(),
                depth(name, sidecar, decoder));
        Marker marker = prompt.marker();
        if (marker.id() != written.id()) {
            throw InputException.data(
                    "%s/nla_meta.yaml: tokens.injection_token_id is %d but this tokenizer gives %d for '%s': the adapter belongs to another tokenizer",
                    name, written.id(), marker.id(), marker.text());
        }
        if (written.leftId().isPresent() && written.rightId().isPresent()) {
            prompt.checkNeighbours(
                    written.leftId().getAsLong(), written.rightId().getAsLong());
        }
        boolean opensItself = !prompt.text().stripTrailing().endsWith(Explanation.OPENING);
        ExplanationFormat format =
                new ExplanationFormat(tokenizer, marker.text(), decoder.config().eosIds(), opensItself);
        Injection injection = new Injection(sidecar.injectionNorm().orElseThrow(), center);
        return new VerbalizerFolder(sidecar, new Verbalizer(decoder, adapter, prompt, injection, format));
    }

    private static int depth(String name, ModelSidecar sidecar, Decoder decoder) {
        if (sidecar.depthPercent().isPresent()) {
            return sidecar.depthPercent().getAsInt();
        }
        if (sidecar.layer().isPresent()) {
            return VerbalizerPrompt.depthPercent(
                    sidecar.layer().getAsInt(), decoder.config().layers());
        }
        if (sidecar.verbalizerTemplate().orElseThrow().contains(VerbalizerPrompt.DEPTH_FIELD)) {
            throw InputException.data(
                    "%s/nla_meta.yaml: the prompt names a depth but extraction_layer_index is missing: give %s",
                    name, Key.of("layer"));
        }
        return 0;
    }

    /**
     * The same as another training stage will leave it.
     *
     * @param origin the activations of that stage; what it leaves open stays as it was
     */
    public VerbalizerFolder inStage(String stage, ActivationOrigin origin) {
        ModelSidecar next = sidecar.toBuilder()
                .stage(stage)
                .origin(origin.or(sidecar.origin()))
                .build();
        return new VerbalizerFolder(next, verbalizer);
    }

    /** Refuses activations of another layer than the adapter was trained on. */
    public void requireLayer(int layer) {
        AdapterChecks.layer(sidecar, layer);
    }

    /** Writes the whole folder, weights in bfloat16. */
    public void write(Path folder) {
        PeftFolder.write(folder, verbalizer.adapter(), sidecar.baseModel().orElse(""), DType.BF16);
        if (sidecar.injectionCenter() == InjectionCenter.MEAN) {
            InjectionMean.write(folder, verbalizer.injection().center());
        }
        sidecar.write(folder);
        ModelCard.write(folder, sidecar, verbalizer.adapter().spec());
    }
}
