package dev.nla.serve.api.response;

import dev.nla.model.sidecar.ActivationOrigin;
import java.util.Optional;

/**
 * A verbalizer adapter that is loaded.
 *
 * @param name as requests name it
 * @param stage the training stage that made it, empty where it does not say
 * @param layer the block whose activations it describes, where it says
 * @param rank of its LoRA factors
 * @param origin which activations it was trained on, as far as it says
 */
public record AdapterFacts(String name, String stage, Optional<Integer> layer, int rank, ActivationOrigin origin) {
    /** An adapter that does not say which activations it was trained on. */
    public AdapterFacts(String name, String stage, Optional<Integer> layer, int rank) {
        this(name, stage, layer, rank, ActivationOrigin.UNKNOWN);
    }
}
