package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.extract.source.BlockwiseSource;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.decoder.BlockwiseDecoder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects extraction with a model that is read block by block: the dataset is the same, byte for byte, and blocks are read once for many texts. */
class BlockwiseExtractionTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final int LAYER = 4;

    @TempDir
    private Path folder;

    private Path texts;

    @BeforeEach
    void write() throws IOException {
        texts = Files.write(
                folder.resolve("texts.jsonl"),
                IntStream.range(0, 60)
                        .mapToObj(i -> "{\"id\": \"t%d\", \"text\": \"%s\"}"
                                .formatted(i, "A goat kept close. ".repeat(1 + i % 5)))
                        .toList());
    }

    @Test
    void theDatasetIsTheSame() throws IOException {
        List<Integer> allTogether = new ArrayList<>();
        List<Integer> inParts = new ArrayList<>();
        try (Decoder whole = Decoder.load(MODEL, ComputeType.FLOAT32);
                BlockwiseDecoder decoder = BlockwiseDecoder.open(MODEL, ComputeType.FLOAT32, Device.cpu())) {
            extract(new DecoderSource(whole, MODEL), "whole");
            BlockwiseSource together = new BlockwiseSource(decoder, MODEL, allTogether::add);
            extract(together, "together");
            // A batch has 128 tokens at most.
            long bytes = 3 * 128L * decoder.config().hiddenSize() * Float.BYTES;
            extract(
                    new BlockwiseSource(decoder, together.modelName(), together.fingerprint(), bytes, inParts::add),
                    "parts");
        }
        assertThat(files("together")).isEqualTo(files("whole"));
        assertThat(files("parts")).isEqualTo(files("whole"));
        List<Integer> blocks = IntStream.rangeClosed(0, LAYER).boxed().toList();
        assertThat(allTogether).isEqualTo(blocks);
        assertThat(inParts).hasSizeGreaterThan(2 * blocks.size()).startsWith(0, 1, 2, 3, 4, 0);
    }

    @Test
    void oneWayGoesOnWhereTheOtherWasKilled() throws IOException {
        try (Decoder whole = Decoder.load(MODEL, ComputeType.FLOAT32);
                BlockwiseDecoder decoder = BlockwiseDecoder.open(MODEL, ComputeType.FLOAT32, Device.cpu())) {
            extract(new DecoderSource(whole, MODEL), "whole");
            List<ExtractionProgress> seen = new ArrayList<>();
            try {
                extraction(new DecoderSource(whole, MODEL)).run(texts, folder.resolve("both"), progress -> {
                    seen.add(progress);
                    if (seen.size() == 4) {
                        throw new IllegalStateException("killed");
                    }
                });
            } catch (IllegalStateException killed) {
                assertThat(seen).hasSize(4);
            }
            ExtractionReport report = extraction(new BlockwiseSource(decoder, MODEL, block -> {}))
                    .run(texts, folder.resolve("both"), progress -> {});
            assertThat(report.keptRows()).isPositive().isLessThan(report.rows());
        }
        assertThat(files("both")).isEqualTo(files("whole"));
    }

    private void extract(ActivationSource source, String name) {
        extraction(source).run(texts, folder.resolve(name), progress -> {});
    }

    private static Extraction extraction(ActivationSource source) {
        ExtractionSettings settings = new ExtractionSettings(
                LAYER, new Position.All(), 1, 512, false, 128, 0, new DocumentSplit(0, SplitRatios.parse("80/10/10")));
        return new Extraction(
                source,
                new TokenizerPrompts(Tokenizer.open(MODEL), PromptStyle.RAW),
                settings,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
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
