package dev.nla.claims.calibration;

import dev.nla.model.sidecar.ActivationOrigin;

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
        String verbalizer, String reconstructor, String model, int layer, ActivationOrigin activations, int samples) {}
