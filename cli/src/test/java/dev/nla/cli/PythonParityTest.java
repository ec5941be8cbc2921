package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.Extraction;
import dev.nla.data.extract.ExtractionListener;
import dev.nla.data.extract.ExtractionSettings;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.Projection;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.Peers;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.verbalizer.Description;
import dev.nla.train.Training;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Protects the claim that everything computed here is what transformers and peft compute: on a real model, with real texts, in both
 * directions. The other side is {@code scripts/}. Needs the environment variable {@code NLA_PEERS_PYTHON}; takes minutes.
 */
@Tag("peers")
class PythonParityTest {
    private static final int LAYER = 21;
    private static final int TEXTS = 20;
    private static final int[] DESCRIBED = {0, 4, 9, 13, 19};
    private static final int NEW_TOKENS = 48;
    private static final String MARKER = "●";
    private static final String ASKING =
            "We pass a vector from depth {depth}% of a language model in <concept> tags:\n\n"
                    + "<concept>{injection_char}</concept>\n\nExplain it within <explanation> tags.";
    private static final String READING = "Summary of the following text: <text>{explanation}</text> <summary>";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Peers peers;
    private static Path model;
    private static Decoder decoder;
    private static Tokenizer tokenizer;
    private static Path texts;
    private static ActivationDataset dataset;

    @BeforeAll
    static void extract() throws IOException {
        peers = Peers.installed();
        model = Fixtures.smollm2();
        List<String> corpus = Files.readAllLines(Fixtures.corpus());
        texts = Files.write(
                shared.resolve("texts.jsonl"),
                IntStream.range(0, TEXTS)
                        .mapToObj(i -> corpus.get(i * (corpus.size() / TEXTS)))
                        .toList());
        decoder = Decoder.load(model, ComputeType.FLOAT32);
        tokenizer = Tokenizer.open(model);
        Path output = shared.resolve("dataset");
        new Extraction(
                        new DecoderSource(decoder, model),
                        new TokenizerPrompts(tokenizer, PromptStyle.CHAT),
                        ExtractionSettings.of(LAYER),
                        Clock.systemUTC())
                .run(texts, output, ExtractionListener.none());
        dataset = ActivationDataset.open(output);
    }

    @AfterAll
    static void close() {
        if (dataset != null) {
            dataset.close();
            tokenizer.close();
            decoder.close();
        }
    }

    @Test
    void activationsOfRealTextsAreThoseOfTransformers() {
        Path output = folder.resolve("activations.safetensors");
        script("peer_activations", "--model", model, "--texts", texts, "--layer", LAYER, "--output", output);
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertThat(file.longs("positions"))
                    .containsExactly(
                            dataset.rows().stream().mapToLong(Row::position).toArray());
            assertNear("activations", 1e-3, activations(), file.floats("activations"));
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, false", "MEAN, false", "MEAN, true"})
    void greedyDescriptionsAreThoseOfTransformersAndPeft(InjectionCenter center, boolean chat) throws IOException {
        String template = chat ? ASKING : ASKING + "\n\n<explanation>";
        ModelSidecar sidecar = ModelSidecar.builder(Role.VERBALIZER, "sft", dataset.dimension())
                .baseModel(model.toString())
                .layer(LAYER)
                .injectionNorm(150)
                .injectionCenter(center)
                .marker(marker())
                .verbalizerTemplate(template)
                .chatTemplate(chat)
                .build();
        float[] mean = center == InjectionCenter.MEAN ? dataset.mean(Split.TRAIN) : new float[0];
        LoraSpec spec = LoraSpec.of(8, 16, 0.05, EnumSet.allOf(Projection.class));
        try (LoraAdapter adapter = RandomAdapter.of(decoder, spec, false)) {
            VerbalizerFolder.of("made here", sidecar, mean, adapter, decoder, tokenizer)
                    .write(folder);
        }
        assertDescribesAlike(folder);
    }

    @Test
    void whatTrainingWroteDescribesAlikeInTransformersAndPeft() {
        Path preset = Fixtures.checkout("configs/smollm2-135m/sft.yaml");
        List<String> overrides = List.of(
                "model=" + model,
                "data=" + dataset.folder(),
                "output_dir=" + folder.resolve("run"),
                "compute_dtype=float32",
                "max_steps=12",
                "per_device_train_batch_size=4",
                "learning_rate=1e-3",
                "eval_steps=0",
                "save_steps=0",
                "samples_per_eval=0");
        SftConfig config = (SftConfig) ConfigReader.read(Stage.SFT, Optional.of(preset), overrides);
        Path trained;
        try (Training training = Training.open(config)) {
            trained = training.train(Resume.no(), TrainingListener.silent());
        }
        assertDescribesAlike(trained);
    }

    @ParameterizedTest
    @EnumSource(Readout.class)
    void reconstructionsAreThoseOfTransformersAndPeft(Readout readout) throws IOException {
        ModelSidecar sidecar = ModelSidecar.builder(Role.RECONSTRUCTOR, "sft", dataset.dimension())
                .baseModel(model.toString())
                .layer(LAYER)
                .marker(marker())
                .reconstructorTemplate(READING)
                .readout(readout)
                .build();
        List<Integer> read = IntStream.rangeClosed(0, LAYER).boxed().toList();
        LoraSpec spec =
                new LoraSpec(8, 16, 0, false, EnumSet.allOf(Projection.class), Map.of(), Map.of(), Optional.of(read));
        try (LoraAdapter adapter = RandomAdapter.of(decoder, spec, readout == Readout.VALUE_HEAD)) {
            ReconstructorFolder.of("made here", sidecar, adapter, decoder, tokenizer)
                    .write(folder);
        }
        ReconstructorFolder written = ReconstructorFolder.read(folder, decoder, tokenizer);
        List<String> descriptions = Arrays.stream(DESCRIBED)
                .mapToObj(row -> dataset.row(row).description())
                .toList();
        float[][] here;
        try (LoraAdapter adapter = written.reconstructor().adapter()) {
            assertThat(adapter.layout().hasValueHead()).isEqualTo(readout == Readout.VALUE_HEAD);
            here = written.reconstructor().reconstruct(descriptions);
        }
        List<String> lines = Files.readAllLines(texts);
        Path chosen = Files.write(
                folder.resolve("chosen.jsonl"),
                Arrays.stream(DESCRIBED).mapToObj(lines::get).toList());
        Path output = folder.resolve("reconstructions.safetensors");
        script("peer_reconstruct", "--model", model, "--reconstructor", folder, "--texts", chosen, "--output", output);
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertNear("reconstructions, " + readout.written(), 1e-3, here, file.floats("reconstructions"));
        }
    }

    private static MarkerTokens marker() {
        return new MarkerTokens(MARKER, tokenizer.encode(MARKER)[0], OptionalLong.empty(), OptionalLong.empty());
    }

    private static float[][] activations() {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::activation).toArray(float[][]::new);
    }

    private static List<String> script(String name, Object... arguments) {
        return peers.run(Fixtures.checkout("scripts/" + name + ".py"), arguments);
    }

    private static void assertDescribesAlike(Path verbalizer) {
        VerbalizerFolder written = VerbalizerFolder.read(verbalizer, decoder, tokenizer);
        float[][] vectors =
                Arrays.stream(DESCRIBED).mapToObj(dataset::activation).toArray(float[][]::new);
        List<Description> here =
                written
                        .verbalizer()
                        .describe(vectors, Sampling.greedy(NEW_TOKENS), 1, new long[vectors.length])
                        .stream()
                        .map(samples -> samples.get(0))
                        .toList();
        written.verbalizer().adapter().close();
        List<String> there = script(
                "peer_describe",
                "--model",
                model,
                "--verbalizer",
                verbalizer,
                "--vectors",
                dataset.folder().resolve(ActivationDataset.ACTIVATIONS_FILE),
                "--rows",
                String.join(
                        ",", Arrays.stream(DESCRIBED).mapToObj(String::valueOf).toList()),
                "--max-new-tokens",
                NEW_TOKENS,
                "--log-probabilities");
        assertThat(there).hasSameSizeAs(here);
        double largest = 0;
        double margin = Double.POSITIVE_INFINITY;
        for (int i = 0; i < here.size(); i++) {
            JsonNode peer = json(there.get(i));
            assertSame(here.get(i), peer);
            float[] scores = here.get(i).completion().logProbabilities();
            for (int k = 0; k < scores.length; k++) {
                largest = Math.max(
                        largest,
                        Math.abs(
                                scores[k] - peer.get("log_probabilities").get(k).asDouble()));
            }
            margin = Math.min(margin, peer.get("smallest_margin").asDouble());
        }
        report("log-probabilities of descriptions: largest difference %.2e, closest choice %.2e", largest, margin);
        assertThat(largest).isLessThan(1e-3);
    }

    private static void assertSame(Description here, JsonNode peer) {
        List<Long> tokens = new ArrayList<>();
        peer.get("token_ids").forEach(token -> tokens.add(token.asLong()));
        assertThat(Arrays.stream(here.completion().tokens()).boxed().toList())
                .as("tokens; the closest choice was won by %s", peer.get("smallest_margin"))
                .isEqualTo(tokens);
        assertThat(here.text()).isEqualTo(peer.get("text").asText());
        assertThat(here.finishReason()).isEqualTo(peer.get("finish_reason").asText());
        report("%s: %s", here.finishReason(), here.text().replace('\n', ' '));
    }

    private static void assertNear(String what, double tolerance, float[][] here, float[] there) {
        assertThat(there).hasSize(here.length * here[0].length);
        double worst = 0;
        double largest = 0;
        for (int row = 0; row < here.length; row++) {
            double squares = 0;
            double norm = 0;
            for (int i = 0; i < here[row].length; i++) {
                double expected = there[row * here[row].length + i];
                double difference = here[row][i] - expected;
                squares += difference * difference;
                norm += expected * expected;
                largest = Math.max(largest, Math.abs(difference));
            }
            worst = Math.max(worst, Math.sqrt(squares / norm));
        }
        report("%s: largest |difference|/|vector| %.2e, largest difference of a number %.2e", what, worst, largest);
        assertThat(worst).as(what).isLessThan(tolerance);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    private static void report(String format, Object... values) {
        System.out.println("parity: " + String.format(Locale.ROOT, format, values));
    }
}
