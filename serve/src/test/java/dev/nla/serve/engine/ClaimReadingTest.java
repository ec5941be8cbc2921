package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.claims.calibration.AdapterPair;
import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.ClaimScore;
import dev.nla.claims.calibration.ClaimsFile;
import dev.nla.claims.calibration.ProbabilityMap;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.confidence.ClaimConfidence;
import dev.nla.claims.confidence.ConfidentReader;
import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.LineForm;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.source.ModelFingerprint;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.Role;
import dev.nla.model.stats.Interval;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.verbalizer.Description;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.AdapterFacts;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the probabilities that a server gives: those of the reader itself, of calibrated adapters alone, and withdrawn where they say nothing. */
class ClaimReadingTest {
    private static final Sampling GREEDY = Sampling.greedy(64);
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final Path VERBALIZER = Fixtures.checkout("adapters/scenes/verbalizer");
    private static final Path CRITIC = Fixtures.checkout("adapters/scenes/reconstructor");
    private static final int LAYER = 4;

    @TempDir
    private static Path folder;

    private static Decoder decoder;
    private static Tokenizer tokenizer;
    private static ClaimCalibration calibration;
    private static ModelEngine engine;
    private static float[] vector;

    @BeforeAll
    static void serve() throws IOException {
        decoder = Decoder.load(MODEL, ComputeType.FLOAT32);
        tokenizer = Tokenizer.open(MODEL);
        calibration = calibrated("judged", 0.05);
        copy("plain");
        Path foreign = copy("foreign");
        ClaimsFile.write(foreign.resolve(ClaimsFile.NAME), calibration(pair(foreign), 0.05, "0".repeat(64)));
        engine = new ModelEngine(
                decoder,
                tokenizer,
                new EngineSettings(
                        MODEL,
                        Map.of(),
                        Optional.of(folder),
                        Optional.of(AdapterFolder.open(CRITIC, Role.RECONSTRUCTOR)),
                        Optional.empty(),
                        20,
                        () -> Long.MAX_VALUE),
                new Unheard());
        for (String name : List.of("judged", "plain", "foreign")) {
            engine.load(name).join();
        }
        vector = engine.extract(new ExtractRequest(
                        "The harbour was where it happened. A goat kept close.",
                        PromptStyle.CHAT,
                        List.of(LAYER),
                        List.of()))
                .join()
                .activations()
                .get(0)
                .vector();
    }

    @AfterAll
    static void end() {
        engine.close();
        tokenizer.close();
        decoder.close();
    }

    /** The shipped adapter without its calibration. */
    private static Path copy(String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(VERBALIZER)) {
            for (Path file :
                    files.filter(each -> !each.endsWith(ClaimsFile.NAME)).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static AdapterPair pair(Path verbalizer) {
        return new AdapterPair(
                AdapterFolder.open(verbalizer, Role.VERBALIZER), AdapterFolder.open(CRITIC, Role.RECONSTRUCTOR));
    }

    private static ClaimCalibration calibrated(String name, double gain) throws IOException {
        AdapterPair pair = pair(copy(name));
        CalibrationOrigin own = pair.origin(ModelFingerprint.of(MODEL), LAYER, ActivationOrigin.UNKNOWN, 3);
        ClaimCalibration made = calibration(pair, gain, own.verbalizer());
        ClaimsFile.write(pair.file(), made);
        return made;
    }

    /** The probability grows with the share of samples that state a claim, and with how near it comes alone. */
    private static ClaimCalibration calibration(AdapterPair pair, double gain, String verbalizer) {
        CalibrationOrigin own = pair.origin(ModelFingerprint.of(MODEL), LAYER, ActivationOrigin.UNKNOWN, 3);
        return new ClaimCalibration(
                new CalibrationOrigin(
                        verbalizer, own.reconstructor(), own.model(), own.layer(), own.activations(), own.samples()),
                new ClaimGrammar(
                        List.of(LineForm.parse("place: {place}"), LineForm.parse("companion: {companion}")), Set.of()),
                new SlotTruth(Map.of()),
                60,
                200,
                new ClaimScore(
                        List.of(Signal.FREQ, Signal.ALONE),
                        new double[] {0, 0},
                        new double[] {1, 1},
                        new double[] {1, 1},
                        Map.of(),
                        0),
                new ProbabilityMap.Platt(1, 0),
                Optional.of(new SearchTrial(0.03, gain, new Interval(gain - 0.01, gain + 0.01))));
    }

    private static DescribeRequest request(String adapter, OptionalInt layer, boolean search) {
        return new DescribeRequest(adapter, new Target.OfVector(vector), layer, 1, GREEDY, 5, 0, true, true, search);
    }

    @Test
    void probabilitiesAreThoseOfTheReader() throws IOException {
        VerbalizerFolder verbalizer = VerbalizerFolder.read(folder.resolve("judged"), decoder, tokenizer);
        ReconstructorFolder critic =
                ReconstructorFolder.read(AdapterFolder.open(CRITIC, Role.RECONSTRUCTOR), decoder, tokenizer);
        ConfidentReader reader = new ConfidentReader(
                verbalizer.verbalizer(),
                critic.reconstructor(),
                calibration,
                verbalizer.verbalizer().injection().center(),
                64);
        float[][] vectors = {vector};
        List<Description> greedy = verbalizer
                .verbalizer()
                .describe(vectors, GREEDY, 1, new long[] {5})
                .get(0);
        for (boolean search : new boolean[] {false, true}) {
            ConfidentReading expected = reader.read(vectors, greedy, 5, search).get(0);
            DescribeResponse.Claims claims = engine.describe(
                            request("judged", OptionalInt.empty(), search), Progress.NONE)
                    .join()
                    .claims()
                    .orElseThrow();
            assertThat(claims.meaning()).contains("200 claims about 60 rows", "3 samples");
            assertThat(claims.reading().description().text())
                    .isEqualTo(expected.description().text());
            assertThat(claims.reading().searched().isPresent()).isEqualTo(search);
            assertThat(claims.reading().claims()).isNotEmpty().hasSameSizeAs(expected.claims());
            for (int i = 0; i < expected.claims().size(); i++) {
                ClaimConfidence claim = claims.reading().claims().get(i);
                assertThat(claim.claim()).isEqualTo(expected.claims().get(i).claim());
                assertThat(claim.probability())
                        .isCloseTo(expected.claims().get(i).probability(), within(1e-5));
            }
        }
        verbalizer.verbalizer().adapter().close();
        critic.reconstructor().adapter().close();
    }

    @Test
    void ofAnotherLayerNothingIsSaid() {
        DescribeResponse answer = engine.describe(request("judged", OptionalInt.of(1), false), Progress.NONE)
                .join();
        assertThat(answer.claims()).isEmpty();
        assertThat(answer.descriptions()).hasSize(1);
        assertThat(answer.warnings())
                .anyMatch(
                        line -> line.contains("calibrated on layer 4") && line.contains("no probabilities are given"));
    }

    @Test
    void onlyCalibratedAdaptersAreAsked() {
        assertThat(engine.adapters())
                .filteredOn(AdapterFacts::calibrated)
                .extracting(AdapterFacts::name)
                .containsExactly("judged");
        assertThatThrownBy(() -> engine.describe(request("plain", OptionalInt.empty(), false), Progress.NONE)
                        .join())
                .isInstanceOfAny(RequestException.class, CompletionException.class)
                .hasMessageContaining("needs a calibrated adapter");
        assertThatThrownBy(() -> engine.describe(request("foreign", OptionalInt.empty(), false), Progress.NONE)
                        .join())
                .hasMessageContaining("of another adapter");
    }

    @Test
    void searchThatWasNotWorthItIsNotMade() throws IOException {
        calibrated("unsearched", -0.01);
        engine.load("unsearched").join();
        DescribeResponse answer = engine.describe(request("unsearched", OptionalInt.empty(), true), Progress.NONE)
                .join();
        assertThat(answer.claims().orElseThrow().reading().searched()).isEmpty();
        assertThat(answer.warnings()).anyMatch(line -> line.contains("search is not known to make"));
    }
}
