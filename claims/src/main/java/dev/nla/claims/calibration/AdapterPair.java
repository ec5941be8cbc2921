package dev.nla.claims.calibration;

import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.sidecar.ActivationOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A verbalizer and the reconstructor that its claims are measured with.
 *
 * @param verbalizer whose folder holds the calibration
 * @param reconstructor measures claims
 */
public record AdapterPair(AdapterFolder verbalizer, AdapterFolder reconstructor) {
    /** The verbalizer, then the reconstructor. */
    public List<AdapterFolder> both() {
        return List.of(verbalizer, reconstructor);
    }

    /** Refuses adapters of another model, or of another block; see {@link AdapterFolder#check}. */
    public void check(ModelConfig config, int layer) {
        both().forEach(each -> each.check(config, OptionalInt.of(layer)));
    }

    /** Where the calibration lies. */
    public Path file() {
        return verbalizer.path().resolve(ClaimsFile.NAME);
    }

    /** What a calibration that is made with the two holds for. */
    public CalibrationOrigin origin(String modelFingerprint, int layer, ActivationOrigin activations, int samples) {
        return new CalibrationOrigin(
                digest(verbalizer), digest(reconstructor), modelFingerprint, layer, activations, samples);
    }

    /**
     * The calibration of the two.
     *
     * @throws InputException where there is none, or it is of another adapter
     */
    public ClaimCalibration calibration() {
        if (!Files.exists(file())) {
            throw InputException.data(
                    "%s: there is no such file: nla eval claims %s writes it", file(), Key.of("calibrate"));
        }
        ClaimCalibration calibration = ClaimsFile.read(file());
        require(calibration.origin().verbalizer().equals(digest(verbalizer)), "verbalizer");
        require(calibration.origin().reconstructor().equals(digest(reconstructor)), "reconstructor");
        return calibration;
    }

    /**
     * The calibration of the two, which has to be of the same kind of activations.
     *
     * @param samples how many are to be drawn; by default as many as it was made with
     * @throws InputException where there is none, or it is of another adapter, another model, other activations or another number of samples
     */
    public ClaimCalibration calibration(
            String modelFingerprint, int layer, ActivationOrigin activations, OptionalInt samples) {
        ClaimCalibration calibration = calibration();
        CalibrationOrigin origin = calibration.origin();
        origin.otherThan(modelFingerprint, OptionalInt.of(layer), activations, samples.orElse(origin.samples()))
                .ifPresent(other -> {
                    throw InputException.data(
                            "%s: it was calibrated for %s: calibrate anew with %s", file(), other, Key.of("calibrate"));
                });
        return calibration;
    }

    private void require(boolean same, String role) {
        if (!same) {
            throw InputException.data(
                    "%s: it was calibrated with another %s: give that one, or calibrate anew with nla eval claims %s",
                    file(), role, Key.of("calibrate"));
        }
    }

    private static String digest(AdapterFolder adapter) {
        return Sha256.of(adapter.path().resolve(PeftFolder.WEIGHTS));
    }
}
