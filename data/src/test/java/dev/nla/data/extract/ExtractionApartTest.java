package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.WorkersApart;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects extraction by workers to whom batches come as bytes: the dataset is the same, byte for byte, wherever its batches are read. */
class ExtractionApartTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");

    @TempDir
    private Path folder;

    @Test
    void theDatasetIsTheSame() throws IOException {
        Path texts = Files.write(
                folder.resolve("texts.jsonl"),
                IntStream.range(0, 60)
                        .mapToObj(i -> "{\"id\": \"t%d\", \"text\": \"%s\"}"
                                .formatted(i, "A goat kept close. ".repeat(1 + i % 5)))
                        .toList());
        try (Decoder decoder = Decoder.load(MODEL, ComputeType.FLOAT32);
                Tokenizer tokenizer = Tokenizer.open(MODEL);
                WorkersApart apart = new WorkersApart(new WorkerSetup(MODEL.toString(), TorchRuntime.threads()), 2)) {
            extract(decoder, tokenizer, texts, "alone", Workers.here());
            extract(decoder, tokenizer, texts, "apart", apart);
            assertThat(apart.jobs()).isPositive();
        }
        assertThat(files("apart")).isEqualTo(files("alone"));
    }

    private void extract(Decoder decoder, Tokenizer tokenizer, Path texts, String name, Workers workers) {
        ExtractionSettings settings = new ExtractionSettings(
                4,
                new Position.All(),
                1,
                512,
                false,
                128,
                0,
                new DocumentSplit(0, SplitRatios.parse("80/10/10")),
                65_536);
        new Extraction(
                        new DecoderSource(decoder, MODEL),
                        new TokenizerPrompts(tokenizer, PromptStyle.RAW),
                        settings,
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                        workers)
                .run(texts, folder.resolve(name), progress -> {});
    }

    private TreeMap<String, String> files(String name) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
