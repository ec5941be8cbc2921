package dev.nla.serve.engine.adapter;

import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.serve.api.response.AdapterFacts;
import java.util.Optional;

/**
 * A verbalizer that is loaded. Two are equal when they are one and the same.
 *
 * @param name as requests name it
 * @param folder the verbalizer and its sidecar
 * @param confidence how likely its claims are true
 */
public record LoadedAdapter(String name, VerbalizerFolder folder, AdapterConfidence confidence) {
    public Verbalizer verbalizer() {
        return folder.verbalizer();
    }

    public LoraAdapter weights() {
        return folder.verbalizer().adapter();
    }

    /** The block whose activations it describes, where it says. */
    public Optional<Integer> layer() {
        return folder.sidecar().layer().stream().boxed().findFirst();
    }

    /** Which activations it was trained on. */
    public ActivationOrigin origin() {
        return folder.sidecar().origin();
    }

    public AdapterFacts facts() {
        return new AdapterFacts(
                name,
                folder.sidecar().stage(),
                layer(),
                weights().spec().rank(),
                origin(),
                confidence.calibration().isPresent());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
