package dev.nla.serve.engine.adapter;

import dev.nla.claims.calibration.AdapterPair;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.serve.api.fault.RequestException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * How likely an adapter's claims are true, or why that is not known.
 *
 * @param calibration of the adapter with the server's reconstructor
 * @param missing why there is none
 */
public record AdapterConfidence(Optional<ClaimCalibration> calibration, String missing) {
    /** What lies in a verbalizer's folder; one that cannot be used keeps no adapter from being served. */
    public static AdapterConfidence of(
            AdapterFolder verbalizer, VerbalizerFolder loaded, Optional<AdapterFolder> reconstructor) {
        if (reconstructor.isEmpty()) {
            return none("needs a reconstructor: start the server with the one that the adapter was calibrated with");
        }
        AdapterPair pair = new AdapterPair(verbalizer, reconstructor.get());
        if (!Files.exists(pair.file())) {
            return none(
                    "needs a calibrated adapter: calibrate it with nla eval claims, which writes claims.json into its folder");
        }
        if (loaded.verbalizer().injection().center().length == 0) {
            return none(
                    "is measured from the mean of activations, and the adapter has none: train it with injection_center=mean");
        }
        try {
            return new AdapterConfidence(Optional.of(pair.calibration()), "");
        } catch (InputException unusable) {
            return none(
                    "the adapter's claims.json is broken, or of another adapter or reconstructor: calibrate it anew with nla eval claims");
        }
    }

    private static AdapterConfidence none(String missing) {
        return new AdapterConfidence(Optional.empty(), missing);
    }

    /** The calibration, for a request that asks for probabilities. */
    public ClaimCalibration required() {
        return calibration.orElseThrow(() -> RequestException.invalid("confidence", "%s", missing));
    }
}
