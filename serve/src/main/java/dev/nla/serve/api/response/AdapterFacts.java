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
 * @param calibrated whether it can be said of its claims how likely they are true
 */
public record AdapterFacts(
        String name, String stage, Optional<Integer> layer, int rank, ActivationOrigin origin, boolean calibrated) {
    /** An adapter that does not say which activations it was trained on, and was not calibrated. */
    public AdapterFacts(String name, String stage, Optional<Integer> layer, int rank) {
        this(name, stage, layer, rank, ActivationOrigin.UNKNOWN, false);
    }
}
