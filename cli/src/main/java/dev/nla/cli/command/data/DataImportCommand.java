package dev.nla.cli.command.data;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.exchange.AtHomeRows;
import dev.nla.exchange.BaseModelFacts;
import dev.nla.exchange.DatasetImport;
import dev.nla.exchange.ExchangeFormat;
import dev.nla.exchange.ForeignRows;
import dev.nla.exchange.KitftRows;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla data import}: a dataset out of another project's files. */
@Command(
        name = "import",
        description = {
            "Makes a dataset of another project's files.",
            "These are kitft's parquet files with their sidecars, or nla-at-home's activations (F.pt)",
            "with descriptions (F.json).",
            "What is in a .pt file is never run; anything but tensors and plain data is refused."
        },
        footer = {
            "",
            "Examples:",
            "  nla data import av_sft.parquet --output runs/imported",
            "  nla data import smollm2-135m_L21.pt descriptions_L70pct.json \\",
            "    --output runs/imported"
        })
public final class DataImportCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = "F.parquet, several of one model and layer, or F.pt and F.json.")
    private List<Path> inputs;

    @Option(
            names = "--format",
            completionCandidates = KnownWords.Formats.class,
            paramLabel = "NAME",
            description = "kitft or nla-at-home. Default: by the names' endings")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--layer",
            paramLabel = "L",
            description = "Which layer, for a .pt file that holds several or does not say.")
    private Optional<Integer> layer = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR|REPO",
            description =
                    "The base model, to check width and layer against it, and to count tokens and name the model where"
                            + " a .pt file does not. Its weights are not read.")
    private Optional<FolderOrRepo> model = Optional.empty();

    @Option(
            names = "--rows-are-documents",
            description = "Take each row for a document of its own, where a parquet file has no doc_id.")
    private boolean rowsAreDocuments;

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
            description = "Seed of the split. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--output", required = true, paramLabel = "DATASET", description = "Folder to make.")
    private Path output;

    @Override
    public void run() {
        DatasetImport importing =
                new DatasetImport(new DocumentSplit(seed, SplitRatios.parse(split)), Clock.systemUTC());
        if (model.isEmpty()) {
            report(importing, Optional.empty());
            return;
        }
        ModelConfig config = ModelConfig.read(model.get().settings());
        try (Tokenizer tokenizer = Tokenizer.open(model.get().settings())) {
            report(
                    importing,
                    Optional.of(new BaseModelFacts(
                            model.get().name(),
                            config.hiddenSize(),
                            config.layers(),
                            new TokenizerPrompts(tokenizer, PromptStyle.CHAT))));
        }
    }

    private void report(DatasetImport importing, Optional<BaseModelFacts> facts) {
        DatasetImport.Report report;
        try (ForeignRows rows = open(facts)) {
            report = importing.run(rows, output);
        }
        DatasetSidecar made = report.sidecar();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d activations of block %d of %s, %d numbers each%n",
                output, made.rowCount(), made.layer(), made.baseModel(), made.dModel());
        out.printf("%d rows have a description, %d a text%n", report.described(), report.withText());
    }

    private ForeignRows open(Optional<BaseModelFacts> facts) {
        ExchangeFormat chosen = format.map(ExchangeFormat::parse).orElseGet(() -> ExchangeFormat.detect(inputs));
        if (chosen == ExchangeFormat.KITFT) {
            if (layer.isPresent()) {
                throw InputException.usage("--layer: kitft's sidecars say which layer it is: leave the flag out");
            }
            return KitftRows.open(inputs, rowsAreDocuments, facts);
        }
        return AtHomeRows.open(inputs, layer.map(OptionalInt::of).orElse(OptionalInt.empty()), facts);
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
