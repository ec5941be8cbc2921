package dev.nla.claims.calibration;

import dev.nla.model.sidecar.ActivationOrigin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
     * What of it is not so elsewhere, as "another model" or "layer 7", so that its probabilities say nothing there; empty where both are the same.
     *
     * @param modelFingerprint of the weights at hand
     * @param ownLayer of the activations at hand, where it is known
     */
    public Optional<String> otherThan(String modelFingerprint, OptionalInt ownLayer) {
        if (!model.equals(modelFingerprint)) {
            return Optional.of("another model");
        }
        return layer == ownLayer.orElse(layer) ? Optional.empty() : Optional.of("layer " + layer);
    }

    /**
     * Why probabilities say nothing of an activation, a line for each reason; empty where they do.
     *
     * @param adapter how messages call the verbalizer
     * @param unlike how the activation differs from those of the calibration
     */
    public List<String> withdrawn(String adapter, List<String> unlike, String modelFingerprint, OptionalInt ownLayer) {
        return Stream.concat(unlike.stream(), otherThan(modelFingerprint, ownLayer).stream())
                .map(line -> "the claims of the adapter %s were calibrated on %s: no probabilities are given"
                        .formatted(adapter, line))
                .toList();
    }

    /** The same with the tokens and prompts of activations, and the number of samples. */
    public Optional<String> otherThan(
            String modelFingerprint, OptionalInt ownLayer, ActivationOrigin ownActivations, int ownSamples) {
        Optional<String> other = otherThan(modelFingerprint, ownLayer);
        if (other.isPresent()) {
            return other;
        }
        if (!activations.equals(ownActivations)) {
            return Optional.of("other tokens or prompts");
        }
        return samples == ownSamples ? Optional.empty() : Optional.of(samples + " samples");
    }
}
