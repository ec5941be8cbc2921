package dev.nla.cli.command.describe;

import dev.nla.claims.calibration.AdapterPair;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that ask how likely each claim is true. */
public final class ConfidenceOptions {
    @Option(
            names = "--confidence",
            description =
                    "Say of each claim how likely it is true. Needs --reconstructor, and a verbalizer calibrated with it "
                            + "by nla eval claims --calibrate.")
    private boolean confidence;

    @Option(
            names = "--withhold",
            paramLabel = "P",
            defaultValue = "0.5",
            description =
                    "With --confidence, claims less likely than P are marked as withheld. Default: ${DEFAULT-VALUE}")
    private double withhold;

    @Option(
            names = "--search",
            description =
                    "With --confidence, try the claims of the samples in the description, one change at a time, and keep what "
                            + "brings the reconstruction nearer. Only where the calibration found that it makes descriptions truer.")
    private boolean search;

    /** Whether the description is to be searched. */
    boolean search() {
        return search;
    }

    /** Claims less likely than this are withheld. */
    double threshold() {
        return withhold;
    }

    /**
     * The calibration to read by, where confidence is asked for.
     *
     * @throws InputException where it is asked for together with flags that it leaves no room for, or there is no calibration of the two
     */
    Optional<ClaimCalibration> calibration(
            SamplingOptions sampling, AdapterFolder verbalizer, Optional<AdapterFolder> reconstructor) {
        if (!(withhold >= 0 && withhold <= 1)) {
            throw InputException.usage("--withhold %s: expected a probability from 0 to 1", withhold);
        }
        if (!confidence) {
            if (search) {
                throw InputException.usage("--search: it goes by what --confidence measures: give --confidence too");
            }
            return Optional.empty();
        }
        if (sampling.samples() > 1 || sampling.sampling().temperature() > 0) {
            throw InputException.usage(
                    "--confidence: it judges the greedy description and draws its own samples: leave out --samples and --temperature");
        }
        AdapterFolder critic = reconstructor.orElseThrow(() -> InputException.usage(
                "--confidence: --reconstructor is missing: give the one that the verbalizer was calibrated with"));
        return Optional.of(new AdapterPair(verbalizer, critic).calibration());
    }
}
