package dev.nla.cli.command.data;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.exchange.AtHomeExport;
import dev.nla.exchange.ExchangeFormat;
import dev.nla.exchange.Export;
import dev.nla.exchange.KitftExport;
import dev.nla.exchange.KitftPrompts;
import dev.nla.exchange.KitftStage;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla data export}: a dataset as another project's files. */
@Command(
        name = "export",
        description = {
            "Writes a dataset as another project's files, which its own tools read.",
            "These are kitft's STAGE.parquet with a sidecar each, or nla-at-home's activations and",
            "descriptions."
        },
        footer = {
            "",
            "Examples:",
            "  nla data export runs/dataset --format kitft --stage base \\",
            "    --output runs/for-kitft",
            "  nla data export runs/dataset --format kitft --stage av_sft,rl \\",
            "    --prompts runs/sft/adapter --model models/smollm2-135m-instruct \\",
            "    --split train --output runs/for-kitft",
            "  nla data export runs/dataset --format nla-at-home \\",
            "    --model models/smollm2-135m-instruct --output runs/at-home"
        })
public final class DataExportCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "A folder made by nla data extract or import.")
    private Path folder;

    @Option(
            names = "--format",
            completionCandidates = KnownWords.Formats.class,
            required = true,
            paramLabel = "NAME",
            description = "kitft or nla-at-home.")
    private String format;

    @Option(
            names = "--stage",
            completionCandidates = KnownWords.KitftStages.class,
            split = ",",
            paramLabel = "NAME",
            description = "kitft's files to write: base, av_sft, ar_sft, rl. Default: base")
    private List<String> stages = List.of(KitftStage.BASE.label());

    @Option(
            names = "--split",
            completionCandidates = KnownWords.Splits.class,
            paramLabel = "NAME",
            description = "Rows of train, validation or test only.")
    private Optional<String> split = Optional.empty();

    @Option(
            names = "--prompts",
            paramLabel = "ADAPTER",
            description =
                    "Adapters whose prompts kitft's training stages get: a verbalizer, and a reconstructor for ar_sft."
                            + " Default: the prompts the dataset was imported with")
    private List<FolderOrRepo> prompts = List.of();

    @Option(
            names = "--model",
            paramLabel = "DIR|REPO",
            description = "The base model: its tokenizer for --prompts, its number of layers for nla-at-home.")
    private Optional<FolderOrRepo> model = Optional.empty();

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "Folder to make.")
    private Path output;

    @Override
    public void run() {
        ExchangeFormat chosen = ExchangeFormat.parse(format);
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            Export export = chosen == ExchangeFormat.KITFT ? kitft(dataset) : atHome(dataset);
            for (Export.Written file : export.publish(dataset, rows(dataset), output)) {
                spec.commandLine().getOut().printf("%s: %d rows%n", file.file(), file.rows());
            }
        }
    }

    private int[] rows(ActivationDataset dataset) {
        return split.map(label -> dataset.rowsOf(Split.parse(label)))
                .orElseGet(() -> IntStream.range(0, dataset.size()).toArray());
    }

    private Export kitft(ActivationDataset dataset) {
        List<KitftStage> chosen = stages.stream().map(KitftStage::parse).toList();
        Optional<KitftPrompts> wanted = Optional.empty();
        if (!chosen.equals(List.of(KitftStage.BASE))) {
            wanted = prompts.isEmpty() ? KitftPrompts.of(dataset.sidecar()) : Optional.of(promptsOfAdapters());
        }
        return new KitftExport(chosen, wanted, Clock.systemUTC());
    }

    private KitftPrompts promptsOfAdapters() {
        Path base = model.orElseThrow(
                        () -> InputException.usage("--prompts: --model is missing: give the adapters' base model"))
                .settings();
        List<ModelSidecar> adapters = prompts.stream()
                .map(given -> AdapterFolder.open(given.adapter(), Role.VERBALIZER, given.toString())
                        .sidecar())
                .toList();
        try (Tokenizer tokenizer = Tokenizer.open(base)) {
            return KitftPrompts.of(adapters, tokenizer, ModelConfig.read(base).layers());
        }
    }

    private Export atHome(ActivationDataset dataset) {
        if (model.isEmpty()) {
            return new AtHomeExport(OptionalInt.empty());
        }
        ModelConfig config = ModelConfig.read(model.get().settings());
        config.checkLayer(dataset.sidecar().layer());
        return new AtHomeExport(OptionalInt.of(config.layers()));
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
