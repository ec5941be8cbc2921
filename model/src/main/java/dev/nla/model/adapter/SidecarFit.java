package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.injection.Marker;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.InjectionMean;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether a sidecar that is to be written fits the adapter beside it, the base model and its tokenizer. */
public final class SidecarFit {
    private SidecarFit() {}

    /**
     * Checks it against the adapter's own files: width, value head, injection mean.
     *
     * @throws InputException where one does not fit or is missing
     */
    public static void adapter(Path folder, ModelSidecar sidecar) {
        BareAdapter adapter = BareAdapter.read(folder);
        if (adapter.width().isPresent() && adapter.width().getAsInt() != sidecar.dModel()) {
            throw InputException.data(
                    "%s: d_model is to be %d, but the adapter's factors are made for a width of %d: these are the conventions of another model",
                    folder, sidecar.dModel(), adapter.width().getAsInt());
        }
        boolean head = Files.exists(folder.resolve(PeftFolder.VALUE_HEAD));
        if (sidecar.role() == Role.RECONSTRUCTOR && sidecar.readout() == Readout.VALUE_HEAD && !head) {
            throw InputException.data(
                    "%s: the read-out is to be value_head, but there is no %s: add it, or give %s marker_hidden",
                    folder, PeftFolder.VALUE_HEAD, Key.of("readout"));
        }
        if (sidecar.role() == Role.VERBALIZER && sidecar.injectionCenter() == InjectionCenter.MEAN) {
            InjectionMean.read(folder, sidecar.dModel());
        }
    }

    /**
     * Checks it, and the adapter's weights, against the base model: layer, width, every factor's shape.
     *
     * @throws InputException where one does not fit
     */
    public static void base(Path folder, ModelSidecar sidecar, ModelConfig config) {
        if (sidecar.dModel() != config.hiddenSize()) {
            throw InputException.data(
                    "%s: the adapter's width is %d but the base model's %d: give the model it was trained on",
                    folder, sidecar.dModel(), config.hiddenSize());
        }
        sidecar.layer().ifPresent(config::checkLayer);
        PeftFolder.check(folder, config);
    }

    /**
     * The same sidecar with the depth that the verbalizer's prompt names, and the marker as this tokenizer sees it in the prompt.
     *
     * @throws InputException where the marker is not one token, or not there exactly once
     */
    public static ModelSidecar prompted(ModelSidecar sidecar, ModelConfig config, Tokenizer tokenizer) {
        if (sidecar.marker().isEmpty()) {
            return sidecar;
        }
        String marker = sidecar.marker().get().text();
        ModelSidecarBuilder fitted = sidecar.toBuilder();
        if (sidecar.role() == Role.RECONSTRUCTOR) {
            String read = sidecar.reconstructorTemplate().orElse("").replace(Reconstructor.FIELD, "") + marker;
            return fitted.marker(alone(Marker.lastIn(tokenizer, marker, tokenizer.encodeWithSpecials(read))))
                    .build();
        }
        String template = sidecar.verbalizerTemplate().orElseThrow();
        int depth = sidecar.depthPercent()
                .orElseGet(() -> VerbalizerPrompt.depthPercent(sidecar.layer().orElse(0), config.layers()));
        if (template.contains(VerbalizerPrompt.DEPTH_FIELD)) {
            fitted.depthPercent(depth);
        }
        return fitted.marker(
                        around(VerbalizerPrompt.render(tokenizer, template, sidecar.chatTemplate(), marker, depth)))
                .build();
    }

    private static MarkerTokens alone(Marker marker) {
        return new MarkerTokens(marker.text(), marker.id(), OptionalLong.empty(), OptionalLong.empty());
    }

    private static MarkerTokens around(VerbalizerPrompt prompt) {
        Marker marker = prompt.marker();
        long[] prefix = prompt.prefix();
        long[] suffix = prompt.suffix();
        return prefix.length == 0 || suffix.length < 2
                ? alone(marker)
                : new MarkerTokens(
                        marker.text(),
                        marker.id(),
                        OptionalLong.of(prefix[prefix.length - 1]),
                        OptionalLong.of(suffix[1]));
    }
}
