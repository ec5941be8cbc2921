package dev.nla.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.extract.Extraction;
import dev.nla.data.extract.ExtractionSettings;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.text.TextRow;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Extraction of the last token's activation from chat-rendered texts into a dataset on disk. */
public final class ExtractBench {
    private static final int MAX_LENGTH = 2048;

    private ExtractBench() {}

    /** All texts at once, after one batch that warms up. */
    public static Measurement run(Workload work, int batchTokens) {
        try (BenchFolder folder = BenchFolder.empty();
                Tokenizer tokenizer = Tokenizer.open(work.model());
                Decoder decoder = Decoder.load(work.model(), ComputeType.resolve(work.dtype()))) {
            Extraction extraction = new Extraction(
                    new DecoderSource(decoder, work.model()),
                    new TokenizerPrompts(tokenizer, PromptStyle.parse("chat")),
                    new ExtractionSettings(
                            work.layer(),
                            Position.parse("last"),
                            MAX_LENGTH,
                            true,
                            batchTokens,
                            work.seed(),
                            new DocumentSplit(work.seed(), SplitRatios.parse("80/10/10"))),
                    Clock.systemUTC());
            Path some = texts(folder, "warm-up", work.texts(Math.max(10, work.batch())));
            Path all = texts(folder, "measured", work.texts(work.measured()));
            extraction.run(some, folder.at("warm-up"), progress -> {});
            long begin = System.nanoTime();
            extraction.run(all, folder.at("measured"), progress -> {});
            double seconds = (System.nanoTime() - begin) / 1e9;
            Map<String, Double> rates = new LinkedHashMap<>();
            rates.put("texts_per_s", work.measured() / seconds);
            rates.put("tokens_per_s", tokens(folder.at("measured")) / seconds);
            return new Measurement(seconds, rates, Map.of());
        }
    }

    /** How many tokens were read: each text's activation is that of its last. */
    private static long tokens(Path dataset) {
        try (ActivationDataset data = ActivationDataset.open(dataset)) {
            return data.rows().stream().mapToLong(row -> row.position() + 1L).sum();
        }
    }

    private static Path texts(BenchFolder folder, String name, List<TextRow> rows) {
        ObjectMapper json = new ObjectMapper();
        StringBuilder lines = new StringBuilder();
        try {
            for (TextRow row : rows) {
                lines.append(json.writeValueAsString(Map.of("id", row.id(), "text", row.text())))
                        .append('\n');
            }
            return Files.writeString(folder.at(name + ".jsonl"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
