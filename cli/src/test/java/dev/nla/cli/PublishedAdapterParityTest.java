package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.sidecar.PublishedSidecars;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.Peers;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the use of a published verbalizer, step by step as its card has it: an adapter of its form without a sidecar, a random model of
 * Qwen2's shape with the real tokenizer. Ids, the activation, the injected embedding and the greedy tokens are those of transformers and peft.
 */
@Tag("peers")
class PublishedAdapterParityTest {
    private static final String SEED = "anicka/nla-qwen2.5-7b-L20-av-v2";
    private static final String TEXT = "How do I ask my landlord for a new boiler?";
    private static final int LAYER = 20;

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path adapter;
    private static SafetensorsFile steps;

    @BeforeAll
    static void doItInPython() throws IOException {
        Peers peers = Peers.installed();
        Path tokenizer = Fixtures.qwen25Tokenizer();
        Path template = folder.resolve("prompt.txt");
        Files.writeString(
                template, PublishedSidecars.named(SEED).verbalizerTemplate().orElseThrow());
        peers.run(PythonScript.in(folder, "published_adapter.py"), tokenizer, template, TEXT, folder);
        model = folder.resolve("model");
        adapter = folder.resolve("adapter");
        steps = SafetensorsFile.open(folder.resolve("steps.safetensors"));
        succeeded(Outcome.of(
                "adapter",
                "init",
                adapter,
                "--layer",
                LAYER,
                "--injection-norm",
                150,
                "--marker",
                "㈎",
                "--av-template",
                template,
                "--prompt",
                "chat",
                "--position",
                "last",
                "--model",
                model));
    }

    @AfterAll
    static void close() {
        if (steps != null) {
            steps.close();
        }
    }

    @Test
    void promptsAndEmbeddingAreThoseOfTheCard() {
        try (Tokenizer tokenizer = Tokenizer.open(model);
                Decoder decoder = Decoder.load(model, ComputeType.FLOAT32)) {
            VerbalizerFolder read = VerbalizerFolder.read(adapter, decoder, tokenizer);
            Prompt chat = new TokenizerPrompts(tokenizer, PromptStyle.CHAT).encode(TEXT);
            assertThat(chat.tokenIds()).isEqualTo(steps.longs("chat_ids"));
            int[][] last = {{chat.length() - 1}};
            float[] activation = new DecoderSource(decoder, model).capture(List.of(chat.tokenIds()), LAYER, last)[0];
            assertThat(activation).containsExactly(steps.floats("activation"), within(1e-4f));
            VerbalizerPrompt prompt = read.verbalizer().prompt();
            assertThat(LongStream.concat(LongStream.of(prompt.prefix()), LongStream.of(prompt.suffix())))
                    .containsExactly(
                            LongStream.of(steps.longs("prompt_ids")).boxed().toArray(Long[]::new));
            assertThat((long) prompt.markerPosition()).isEqualTo(steps.longs("place")[0]);
            assertThat(prompt.suffix()[0]).isEqualTo(149705);
            assertThat(prompt.text()).contains("from depth 73% of the network").endsWith("\n\n<explanation>");
            float[] injected = read.verbalizer().injection().apply(activation);
            assertThat(injected).containsExactly(steps.floats("injected"), within(1e-2f));
            assertThat(norm(injected)).isCloseTo(150, within(1e-4));
            assertThat(norm(activation) * 150).isGreaterThan(200);
        }
    }

    @Test
    void oneCommandGivesTheTokensOfTransformersAndPeft() throws IOException {
        Outcome described = succeeded(Outcome.of(
                "describe",
                "--model",
                model,
                "--verbalizer",
                adapter,
                "--text",
                TEXT,
                "--max-new-tokens",
                steps.longs("greedy").length,
                "--json"));
        JsonNode ids = new ObjectMapper().readTree(described.out()).at("/descriptions/0/token_ids");
        assertThat(StreamSupport.stream(ids.spliterator(), false).mapToLong(JsonNode::asLong))
                .containsExactly(LongStream.of(steps.longs("greedy")).boxed().toArray(Long[]::new));
        assertThat(described.err()).doesNotContain("warning");
    }

    private static double norm(float[] vector) {
        double squares = 0;
        for (float each : vector) {
            squares += (double) each * each;
        }
        return Math.sqrt(squares);
    }
}
