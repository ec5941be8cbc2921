package dev.nla.cli.command.eval;

import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.DescriptionInputs;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Version;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.cli.terminal.WorkDisplay;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.DescriptionLines;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.VerbalizerDescriber;
import dev.nla.eval.gap.GapEvaluation;
import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.ReconstructionsEvaluation;
import dev.nla.eval.gap.RoundTripEvaluation;
import dev.nla.eval.render.GapReportJson;
import dev.nla.eval.render.GapReportTable;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.rows.NearestRows;
import dev.nla.eval.rows.RowChoice;
import dev.nla.eval.rows.Scoring;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.OutputLock;
import dev.nla.model.sidecar.Role;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla eval gap}: how much nearer reconstructions are to their own activations than to the hardest of their neighbours. */
@Command(
        name = "gap",
        description = {
            "How much nearer reconstructions lie to their own activations than to the hardest " + "neighbours.",
            "With interval, accuracy, floor and ceiling. Scores what a verbalizer writes, given "
                    + "descriptions (--descriptions), or given vectors (--reconstructions)."
        },
        footer = {
            "",
            "Example:",
            "  nla eval gap --model models/smollm2-135m-instruct \\",
            "    --data runs/smollm2-135m/dataset \\",
            "    --verbalizer runs/smollm2-135m/sft/adapter \\",
            "    --reconstructor runs/smollm2-135m/reconstructor/adapter",
            "  nla eval gap --reconstructions fixtures/gap/gap.safetensors --json gap.json"
        })
public final class EvalGapCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Option(
            names = "--verbalizer",
            paramLabel = "DIR|REPO",
            description = "Verbalizer adapter that writes the descriptions.")
    private Optional<FolderOrRepo> verbalizer = Optional.empty();

    @Option(names = "--reconstructor", paramLabel = "DIR|REPO", description = "Reconstructor adapter that scores them.")
    private Optional<FolderOrRepo> reconstructor = Optional.empty();

    @Mixin
    private BorrowedSidecars sidecars;

    @Option(names = "--data", paramLabel = "DATASET", description = "Activations to describe.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private RowOptions rows;

    @Mixin
    private SamplingOptions sampling;

    @Option(
            names = "--descriptions",
            paramLabel = "F.jsonl",
            description = "Score given texts, {\"id\": …, \"description\": …} a line, instead of writing some.")
    private Optional<Path> descriptions = Optional.empty();

    @Option(
            names = "--save-descriptions",
            paramLabel = "F.jsonl",
            description = "Also write the descriptions to a file that --descriptions reads.")
    private Optional<Path> saved = Optional.empty();

    @Option(
            names = "--save-best",
            paramLabel = "F.jsonl",
            description =
                    "Also write of each row's descriptions (--samples) the one that the reconstructor tells best "
                            + "from the neighbours', for nla train sft descriptions=F.jsonl; rows whose best could not be parsed are left out.")
    private Optional<Path> best = Optional.empty();

    @Option(
            names = "--reconstructions",
            paramLabel = "F.safetensors",
            description = "Score given vectors: activations [N, d] and reconstructions [N, G, d].")
    private Optional<Path> reconstructions = Optional.empty();

    @Option(names = "--json", paramLabel = "F", description = "Also write everything as JSON.")
    private Optional<Path> json = Optional.empty();

    @Mixin
    private ClusterOptions cluster;

    @Override
    public void run() {
        if (reconstructions.isPresent()) {
            cluster.requireNone("given vectors are scored here: leave it out");
            show(new ReconstructionsEvaluation(new GapEvaluation(bootstrap()), nearest())
                    .evaluate(reconstructions.get()));
        } else {
            roundTrip();
        }
    }

    private void show(GapReport report) {
        json.ifPresent(file -> AtomicFiles.write(file, new GapReportJson().text(report)));
        spec.commandLine().getOut().print(new GapReportTable().text(report));
    }

    private List<Path> outputs() {
        return Stream.of(saved, best, json).flatMap(Optional::stream).toList();
    }

    /** The first file that is written; what is done of an unfinished evaluation lies beside it. */
    private Optional<Path> output() {
        return outputs().stream().findFirst();
    }

    private void roundTrip() {
        Path dataset = required(data, "--data", "a folder made by nla data extract, or use --reconstructions");
        FolderOrRepo scoring = required(reconstructor, "--reconstructor", "the adapter that scores descriptions");
        Optional<FolderOrRepo> writing = descriptions.isPresent()
                ? Optional.empty()
                : Optional.of(required(
                        verbalizer, "--verbalizer", "the adapter that writes descriptions, or use --descriptions"));
        AdapterFolder critic = sidecars.of(scoring, Role.RECONSTRUCTOR);
        Optional<AdapterFolder> author = writing.map(given -> sidecars.of(given, Role.VERBALIZER));
        sidecars.checkAllLent();
        Split split = rows.split();
        try (ActivationDataset activations = ActivationDataset.open(dataset);
                Tokenizer tokenizer = model.tokenizer()) {
            Stream.concat(author.stream(), Stream.of(critic))
                    .forEach(given -> given.check(
                            model.config(), OptionalInt.of(activations.sidecar().layer())));
            Optional<DescriptionsFile> told = descriptions.map(DescriptionsFile::read);
            int[] numbers = told.map(file -> RowChoice.named(activations, split, file))
                    .orElseGet(() -> RowChoice.first(activations, split, rows.limit()));
            if (author.isEmpty() || output().isEmpty()) {
                roundTrip(activations, tokenizer, critic, author, told, numbers, KeptDescriptions.inMemory());
                return;
            }
            Path output = output().get();
            WorkInputs inputs =
                    DescriptionInputs.of(model, tokenizer, author.get(), activations, numbers, sampling, Map.of());
            OutputLock.during(outputs(), () -> {
                try (KeptDescriptions kept = KeptDescriptions.open(KeptLines.beside(output, "descriptions"), inputs)) {
                    roundTrip(activations, tokenizer, critic, author, told, numbers, kept);
                    kept.delete();
                    return output;
                }
            });
        }
    }

    /** With weights, which are read when all else is known to be in order. */
    private void roundTrip(
            ActivationDataset activations,
            Tokenizer tokenizer,
            AdapterFolder critic,
            Optional<AdapterFolder> author,
            Optional<DescriptionsFile> told,
            int[] numbers,
            KeptDescriptions kept) {
        try (WorkDisplay display = new WorkDisplay(spec.commandLine().getErr(), "");
                Decoder decoder = model.decoder();
                Workers workers = cluster.workers(model.folder())) {
            ReconstructorFolder folder = ReconstructorFolder.read(critic, decoder, tokenizer);
            WarningLines.print(
                    spec.commandLine(),
                    WarningLines.ofData(
                            activations,
                            Stream.concat(author.stream(), Stream.of(critic)).toList()));
            told.ifPresent(file -> RoundTripEvaluation.requireFit(file, folder.reconstructor()));
            EvaluatedRows evaluated = EvaluatedRows.of(activations, numbers, nearest(), sampling.seed());
            RoundTripEvaluation evaluation = new RoundTripEvaluation(
                    new Scoring(evaluated, bootstrap(), display::show), folder.reconstructor(), workers, true);
            Map<String, Object> provenance = provenance(decoder, activations, critic, author);
            show(
                    told.isPresent()
                            ? evaluation.given(told.get(), provenance)
                            : generated(
                                    evaluation,
                                    VerbalizerDescriber.of(
                                            VerbalizerFolder.read(author.orElseThrow(), decoder, tokenizer),
                                            sampling.sampling(),
                                            sampling.samples(),
                                            workers),
                                    kept,
                                    provenance));
        }
    }

    private GapReport generated(
            RoundTripEvaluation evaluation,
            Describer describer,
            KeptDescriptions kept,
            Map<String, Object> provenance) {
        RoundTripEvaluation.Result result = evaluation.generated(describer, kept, provenance);
        List<Row> described = result.rows().rows();
        saved.ifPresent(file -> DescriptionLines.write(file, described, result.descriptions()));
        best.ifPresent(file -> DescriptionLines.writeBest(file, described, result.descriptions(), result.best()));
        return result.report();
    }

    private DocumentBootstrap bootstrap() {
        return new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, sampling.seed());
    }

    private static NearestRows nearest() {
        return NearestRows.exact(() -> TorchRuntime.newManager(TorchRuntime.defaultDevice()));
    }

    private Map<String, Object> provenance(
            Decoder decoder, ActivationDataset activations, AdapterFolder critic, Optional<AdapterFolder> author) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("nla", Version.number());
        values.putAll(model.provenance(decoder));
        values.put("reconstructor", critic.path().toString());
        if (author.isPresent()) {
            values.put("verbalizer", author.get().path().toString());
            values.putAll(sampling.provenance());
        } else {
            values.put("descriptions", descriptions.orElseThrow().toString());
        }
        values.putAll(sidecars.provenance());
        values.put("data", activations.folder().toString());
        values.put("data_sha256", activations.sha256());
        values.put("layer", activations.sidecar().layer());
        values.putAll(rows.provenance());
        return values;
    }

    private static <T> T required(Optional<T> value, String flag, String what) {
        return value.orElseThrow(() -> InputException.usage("%s is missing: give %s", flag, what));
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of(
                output().isPresent()
                        ? "the same command goes on where it was"
                        : "descriptions are kept where there is an output: with --save-descriptions F the same command goes on where it was");
    }
}
