package dev.nla.serve.engine;

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
record LoadedAdapter(String name, VerbalizerFolder folder, AdapterConfidence confidence) {
    Verbalizer verbalizer() {
        return folder.verbalizer();
    }

    LoraAdapter weights() {
        return folder.verbalizer().adapter();
    }

    /** The block whose activations it describes, where it says. */
    Optional<Integer> layer() {
        return folder.sidecar().layer().stream().boxed().findFirst();
    }

    /** Which activations it was trained on. */
    ActivationOrigin origin() {
        return folder.sidecar().origin();
    }

    AdapterFacts facts() {
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
