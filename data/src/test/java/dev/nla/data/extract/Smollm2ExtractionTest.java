package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects extraction as a whole with a real model: vectors are those of transformers, and a kill changes no byte. */
@Tag("real")
class Smollm2ExtractionTest {
    private static Decoder decoder;
    private static Tokenizer tokenizer;

    @TempDir
    private Path folder;

    private Path texts;

    @BeforeAll
    static void open() {
        Path model = Fixtures.smollm2();
        decoder = Decoder.load(model, ComputeType.FLOAT32);
        tokenizer = Tokenizer.open(model);
    }

    @AfterAll
    static void close() {
        if (decoder != null) {
            decoder.close();
            tokenizer.close();
        }
    }

    @BeforeEach
    void write() throws IOException {
        texts = copy("texts.jsonl");
    }

    private Path copy(String resource) throws IOException {
        Path target = folder.resolve(resource);
        try (InputStream in = getClass().getResourceAsStream(resource)) {
            Files.copy(in, target);
        }
        return target;
    }

    private static ExtractionSettings settings(Position position, int tokenBudget) {
        return new ExtractionSettings(
                21, position, 512, true, tokenBudget, 0, new DocumentSplit(0, SplitRatios.DEFAULT));
    }

    private Path extract(String name, PromptStyle style, ExtractionSettings settings, ExtractionListener listener) {
        Path output = folder.resolve(name);
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        new Extraction(
                        new DecoderSource(decoder, Fixtures.smollm2()),
                        new TokenizerPrompts(tokenizer, style),
                        settings,
                        clock)
                .run(texts, output, listener);
        return output;
    }

    private static void close(float[] actual, float[] golden, int row) {
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(golden[row * actual.length + i], within(2e-3f));
        }
    }

    @Test
    void lastTokensOfChatsAreThoseOfTransformers() throws IOException {
        Path output = extract("chat", PromptStyle.CHAT, settings(new Position.Last(), 2048), ExtractionListener.none());
        try (SafetensorsFile golden = SafetensorsFile.open(copy("smollm2-block21.safetensors"));
                ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.rows()).extracting(Row::position).containsExactly(96, 42, 84, 79, 52, 75);
            for (int row = 0; row < 6; row++) {
                close(dataset.activation(row), golden.floats("chat.last"), row);
            }
        }
    }

    @Test
    void everyTokenOfARawTextIsThatOfTransformers() throws IOException {
        Files.writeString(texts, Files.readAllLines(texts).get(1));
        Path output = extract("raw", PromptStyle.RAW, settings(new Position.All(), 2048), ExtractionListener.none());
        try (SafetensorsFile golden = SafetensorsFile.open(copy("smollm2-block21.safetensors"));
                ActivationDataset dataset = ActivationDataset.open(output)) {
            int tokens = golden.longs("raw.ids").length;
            assertThat(dataset.size()).isEqualTo(tokens);
            assertThat(dataset.row(1).text()).isEqualTo("one of");
            assertThat(dataset.row(tokens - 1).text())
                    .isEqualTo("one of a class of artifacts; \"an article of clothing\"");
            // The first token is an attention sink with a norm of many thousands: its digits do not compare.
            for (int row = 1; row < tokens; row++) {
                close(dataset.activation(row), golden.floats("raw.all"), row);
            }
        }
    }

    @Test
    void aKillChangesNoByte() throws IOException {
        ExtractionSettings settings = settings(new Position.Last(), 200);
        Path whole = extract("whole", PromptStyle.CHAT, settings, ExtractionListener.none());
        assertThatThrownBy(() -> extract("killed", PromptStyle.CHAT, settings, progress -> {
                    if (progress.done() >= 2) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        Path resumed = extract("killed", PromptStyle.CHAT, settings, ExtractionListener.none());
        for (String file : List.of("nla_meta.yaml", "rows.jsonl", "activations.safetensors")) {
            assertThat(Files.readAllBytes(resumed.resolve(file))).isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
    }
}
