package dev.nla.claims.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.LineForm;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects an adapter's calibration on disk: the same probabilities after reading, and one clear error for a file that is not sound. */
class ClaimsFileTest {
    private static final Map<Signal, Double> SIGNALS = Map.of(Signal.FREQ, 0.3, Signal.LOO, -0.1);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve(ClaimsFile.NAME);
    }

    @Test
    void whatIsReadGivesTheSameProbabilities() {
        for (ProbabilityMap map : List.of(
                new ProbabilityMap.Isotonic(new double[] {-1, 0.1, 2}, new double[] {0.1, 0.3, 0.95}),
                new ProbabilityMap.Platt(1.2, -0.3))) {
            ClaimCalibration written = calibration(map);
            ClaimsFile.write(file(), written);
            ClaimCalibration read = ClaimsFile.read(file());
            assertThat(read.probability("place", SIGNALS)).isEqualTo(written.probability("place", SIGNALS));
            assertThat(read.origin()).isEqualTo(written.origin());
            assertThat(read.truth()).isEqualTo(written.truth());
            assertThat(read.grammar()).isEqualTo(written.grammar());
            assertThat(read.rows()).isEqualTo(640);
            assertThat(read.claims()).isEqualTo(2300);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nla_claims | other | kind",
                "\"version\" : 1 | \"version\" : 2 | version",
                "\"layer\" : 7 | \"layer\" : -7 | calibrated_on.layer",
                "\"scale\" : 2.0 | \"scale\" : 0.0 | score.signals",
                "\"loo\" | \"looo\" | score.signals",
                "fact | fancy | truth",
                "place: {place} | {place} | forms",
                "0.95 | 0.05 | probability.isotonic",
                "0.95 | \"x\" | probability.isotonic",
                "\"cost\" : 0.03 | \"cost\" : 0.0 | search",
                "0.075 | 0.0075 | search.precision_gain_ci95",
            })
    void whatIsNotSoundIsNamed(String sound, String spoiled, String key) throws IOException {
        ClaimsFile.write(
                file(),
                calibration(new ProbabilityMap.Isotonic(new double[] {-1, 0.1, 2}, new double[] {0.1, 0.3, 0.95})));
        String text = Files.readString(file());
        assertThat(text).contains(sound);
        Files.writeString(file(), text.replace(sound, spoiled));
        assertThatThrownBy(() -> ClaimsFile.read(file()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(file().toString(), key);
    }

    private static ClaimCalibration calibration(ProbabilityMap map) {
        return new ClaimCalibration(
                new CalibrationOrigin(
                        "abc",
                        "def",
                        "123",
                        7,
                        new ActivationOrigin(Optional.of("raw"), Optional.of("sample:4"), 1),
                        8),
                new ClaimGrammar(
                        List.of(LineForm.parse("place: {place}"), LineForm.parse("mood: {mood}")), Set.of("a, b")),
                new SlotTruth(Map.of("place", TruthRule.FACT, "mood", TruthRule.DESCRIPTION)),
                640,
                2300,
                new ClaimScore(
                        List.of(Signal.FREQ, Signal.LOO),
                        new double[] {0.1, 0.05},
                        new double[] {2.0, 0.2},
                        new double[] {1.5, -0.25},
                        Map.of("place", 0.4),
                        -0.2),
                map,
                Optional.of(new SearchTrial(0.03, 0.05, new Interval(0.01, 0.075))));
    }
}
