package dev.nla.claims.calibration;

import dev.nla.model.sidecar.ActivationOrigin;
import java.util.Optional;

/**
 * What a calibration holds for: of anything else its probabilities say nothing.
 *
 * @param verbalizer digest of the adapter that wrote the descriptions
 * @param reconstructor digest of the adapter that the signals are from
 * @param model fingerprint of the base model's weights
 * @param layer of the activations
 * @param activations at which tokens of which prompts they were taken
 * @param samples how many descriptions were sampled beside the greedy one, at temperature 1
 */
public record CalibrationOrigin(
        String verbalizer, String reconstructor, String model, int layer, ActivationOrigin activations, int samples) {
    /**
     * What of it is not so elsewhere, as "layer 7" or "another model", so that its probabilities say nothing there; empty where all is the same.
     *
     * @param own what is at hand; its digests of adapters are not compared
     */
    public Optional<String> differsFrom(CalibrationOrigin own) {
        if (!model.equals(own.model)) {
            return Optional.of("another model");
        }
        if (layer != own.layer) {
            return Optional.of("layer " + layer);
        }
        if (!activations.equals(own.activations)) {
            return Optional.of("other tokens or prompts");
        }
        return samples == own.samples ? Optional.empty() : Optional.of(samples + " samples");
    }
}
