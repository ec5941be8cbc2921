package dev.nla.cli.command.data;

import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.extract.Extraction;
import dev.nla.data.extract.ExtractionProgress;
import dev.nla.data.extract.ExtractionReport;
import dev.nla.data.extract.ExtractionSettings;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.BlockwiseSource;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.extract.source.WeightsKept;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.summary.DatasetSummary;
import dev.nla.model.InputException;
import dev.nla.model.decoder.BlockwiseDecoder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.process.ProcessMemory;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.workers.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla data extract}: activations of one block for every text of a file. */
@Command(
        name = "extract",
        description = {
            "Runs texts through a model and keeps the outputs of one block as a dataset.",
            "A run that was killed goes on where it stopped when it is started again."
        },
        footer = {
            "",
            "Example:",
            "  nla data extract --model models/smollm2-135m-instruct --texts texts.jsonl \\",
            "    --layer 21 --output runs/smollm2-135m/dataset"
        })
public final class DataExtractCommand implements Runnable, Interruptible {
    private static final double GIB = 1L << 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Option(
            names = "--texts",
            required = true,
            paramLabel = "F.jsonl",
            description = "Texts, one JSON object a line: id, text, and where known description, doc_id, category, …")
    private Path texts;

    @Option(
            names = "--layer",
            required = true,
            paramLabel = "L",
            description = "The block whose output is kept, counted from 0.")
    private int layer;

    @Option(
            names = "--position",
            completionCandidates = KnownWords.Positions.class,
            paramLabel = "WHICH",
            defaultValue = "last",
            description =
                    "last token, all tokens, sample:N of them a text, every:N-th, or those from A to before B, A:B. Default: ${DEFAULT-VALUE}")
    private String position;

    @Option(
            names = "--prompt",
            completionCandidates = KnownWords.PromptStyles.class,
            paramLabel = "STYLE",
            defaultValue = "chat",
            description =
                    "chat: the text as a user's message, with the generation prompt; raw. Default: ${DEFAULT-VALUE}")
    private String prompt;

    @Option(
            names = "--skip-first",
            paramLabel = "N",
            description =
                    "Tokens at the start of each text that give no activation; special tokens before or there are skipped "
                            + "besides. Default: 1 for raw prompts, whose first token is an attention sink, 0 for chat")
    private Optional<Integer> skipFirst = Optional.empty();

    @Option(
            names = "--max-length",
            paramLabel = "N",
            defaultValue = "512",
            description = "Most tokens of a prompt; the ends of longer texts are cut. Default: ${DEFAULT-VALUE}")
    private int maxLength;

    @Option(names = "--strict", description = "Refuse texts that are too long instead of cutting them.")
    private boolean strict;

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Most tokens of a batch. Default: ${DEFAULT-VALUE}")
    private int batchTokens;

    @Option(
            names = "--split",
            paramLabel = "A/B/C",
            defaultValue = "80/10/10",
            description = "Shares of train, validation and test, drawn by document. Default: ${DEFAULT-VALUE}")
    private String split;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the split and of sampled positions. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--shard-rows",
            paramLabel = "N",
            defaultValue = "65536",
            description =
                    "Most rows of a shard: a dataset of more is written in shards, of fewer as one pair of files. Default: ${DEFAULT-VALUE}")
    private int shardRows;

    @Option(
            names = "--weights",
            completionCandidates = KnownWords.KeptWeights.class,
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "held: all in memory; streamed: read block by block, once for many texts, for models larger than "
                            + "memory; auto: streamed where they do not fit the memory that is free. The dataset is "
                            + "the same. Default: ${DEFAULT-VALUE}")
    private String weights;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--output", required = true, paramLabel = "DATASET", description = "Folder to make.")
    private Path output;

    @Override
    public void run() {
        AtLeast.require("--shard-rows", shardRows, 1);
        PromptStyle style = PromptStyle.parse(prompt);
        ExtractionSettings settings = new ExtractionSettings(
                layer,
                Position.parse(position),
                skipFirst.orElse(style.skipFirst()),
                maxLength,
                strict,
                batchTokens,
                seed,
                new DocumentSplit(seed, SplitRatios.parse(split)),
                shardRows);
        WeightsKept kept = WeightsKept.parse("--weights", weights);
        if (kept == WeightsKept.STREAMED && cluster.cluster().isPresent()) {
            throw InputException.usage("--weights streamed reads here and --cluster elsewhere: leave one of them out");
        }
        PrintWriter err = spec.commandLine().getErr();
        Extraction.check(layer, model.folder(), model.config(), texts, output);
        try (Tokenizer tokenizer = model.tokenizer();
                ProgressDisplay display = new ProgressDisplay(err, "extract")) {
            PromptEncoder encoder = new TokenizerPrompts(tokenizer, style);
            ExtractionReport report =
                    streams(kept, display) ? streamed(encoder, settings, display) : held(encoder, settings, display);
            display.finish();
            print(report, model.config().hiddenSize(), settings.skipFirst());
        }
    }

    private boolean streams(WeightsKept kept, ProgressDisplay display) {
        if (kept == WeightsKept.AUTO && (cluster.cluster().isPresent() || model.onGpu())) {
            return false;
        }
        OptionalLong free = new ProcessMemory().free();
        long needed = model.weightBytes(layer);
        boolean streams = kept.streams(needed, model.readingBytes(batchTokens), free);
        if (streams && kept == WeightsKept.AUTO) {
            display.message(String.format(
                    Locale.ROOT,
                    "extract: the weights take %.1f GiB and %.1f are free: they are read block by block (--weights)",
                    needed / GIB,
                    free.orElse(0) / GIB));
        }
        return streams;
    }

    private ExtractionReport held(PromptEncoder encoder, ExtractionSettings settings, ProgressDisplay display) {
        try (Decoder decoder = model.decoder();
                Workers workers = cluster.workers(model.folder())) {
            DecoderSource source = new DecoderSource(decoder, model.folder());
            return new Extraction(source, encoder, settings, Clock.systemUTC(), workers)
                    .run(texts, output, at -> show(display, at, ""));
        }
    }

    private ExtractionReport streamed(PromptEncoder encoder, ExtractionSettings settings, ProgressDisplay display) {
        AtomicReference<ExtractionProgress> last = new AtomicReference<>();
        try (BlockwiseDecoder decoder = model.blockwise()) {
            BlockwiseSource source = new BlockwiseSource(
                    decoder,
                    model.folder(),
                    block -> show(display, last.get(), "block " + block + " of 0 to " + layer));
            return new Extraction(source, encoder, settings, Clock.systemUTC()).run(texts, output, at -> {
                last.set(at);
                show(display, at, "");
            });
        }
    }

    private static void show(ProgressDisplay display, ExtractionProgress at, String detail) {
        display.show(at.done(), at.total(), at.perSecond(), at.left(), detail);
    }

    private void print(ExtractionReport report, int width, int skipped) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d activations of block %d, %d numbers each, in %s%n",
                output, report.rows(), layer, width, ProgressDisplay.clock(report.time()));
        if (report.keptRows() > 0) {
            out.printf("%d of them were there from an earlier run%n", report.keptRows());
        }
        if (report.cutTexts() > 0) {
            out.printf("%d texts were cut to --max-length %d%n", report.cutTexts(), maxLength);
        }
        if (report.shortTexts() > 0) {
            out.printf(
                    "%d texts give no row: no token is left of them after --skip-first %d%n",
                    report.shortTexts(), skipped);
        }
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            WarningLines.print(spec.commandLine(), DatasetSummary.warnings(dataset));
        }
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
