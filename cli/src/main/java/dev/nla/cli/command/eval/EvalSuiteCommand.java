package dev.nla.cli.command.eval;

import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.DescriptionInputs;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.cli.option.VerbalizerOption;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Version;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.cli.terminal.WorkDisplay;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.digest.Sha256;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.kept.WorkInputs;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.eval.describe.Condition;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.ReconstructorReader;
import dev.nla.eval.describe.TextReader;
import dev.nla.eval.describe.VerbalizerDescriber;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.render.SuiteFolder;
import dev.nla.eval.render.SuiteMarkdown;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.rows.NearestRows;
import dev.nla.eval.rows.RowChoice;
import dev.nla.eval.rows.Scoring;
import dev.nla.eval.suite.SuiteEvaluation;
import dev.nla.eval.suite.SuiteSettings;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.NewFolder;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.sidecar.Role;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla eval suite}: everything a claim about a verbalizer should rest on. */
@Command(
        name = "suite",
        description = {
            "Scores a verbalizer's descriptions and those of controls, under the critic it was trained with and an independent one.",
            "Gaps, cosines, variance explained, retrieval, truth, loss with and without the activation, collapse; intervals over documents."
        },
        footer = {
            "",
            "Example:",
            "  nla eval suite --model models/smollm2-135m-instruct \\",
            "    --data runs/smollm2-135m/dataset \\",
            "    --verbalizer runs/smollm2-135m/hardneg/adapter \\",
            "    --reconstructor runs/smollm2-135m/reconstructor/adapter \\",
            "    --independent runs/smollm2-135m/reconstructor-independent/adapter \\",
            "    --output runs/smollm2-135m/suite"
        })
public final class EvalSuiteCommand implements Runnable, Interruptible {
    private static final String VERBALIZER = "verbalizer";
    private static final String RECONSTRUCTOR = "reconstructor";
    private static final String INDEPENDENT = "independent";

    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Mixin
    private VerbalizerOption verbalizer;

    @Option(
            names = "--reconstructor",
            paramLabel = "DIR|REPO",
            required = true,
            description = "Reconstructor adapter that the verbalizer was trained with.")
    private FolderOrRepo reconstructor;

    @Option(
            names = "--independent",
            paramLabel = "DIR|REPO",
            description = "Reconstructor adapter that was never used as a reward; every score is given under it too.")
    private Optional<FolderOrRepo> independent = Optional.empty();

    @Mixin
    private BorrowedSidecars sidecars;

    @Option(names = "--data", paramLabel = "DATASET", required = true, description = "Activations to describe.")
    private Path data;

    @Mixin
    private RowOptions rows;

    @Option(
            names = "--controls",
            completionCandidates = KnownWords.Controls.class,
            paramLabel = "NAME",
            split = ",",
            defaultValue = "all",
            description =
                    "Controls to score beside shuffled (and best_of_n, with --samples): all, none, or names such as true,nearest_train,paraphrase.")
    private List<String> controls;

    @Option(
            names = "--wrong-layer",
            paramLabel = "L",
            description = "Block of the control wrong_layer. Default: half of the dataset's")
    private Optional<Integer> wrongLayer = Optional.empty();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "" + DocumentBootstrap.DEFAULT_RESAMPLES,
            description = "Resamples of intervals and tests. Default: ${DEFAULT-VALUE}")
    private int resamples;

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "Folder to make.")
    private Path output;

    @Override
    public void run() {
        Set<Condition> wanted = conditions();
        Map<String, AdapterFolder> adapters = adapters();
        SuiteFolder.requireFree(output);
        StringBuilder figures = new StringBuilder();
        NewFolder.make(output, SuiteFolder.KEPT, folder -> figures.append(run(wanted, adapters, folder)));
        spec.commandLine().getOut().print(figures);
    }

    /** Writes the suite into a folder, and gives its figures as text. */
    private String run(Set<Condition> wanted, Map<String, AdapterFolder> adapters, Path folder) {
        try (ActivationDataset activations = ActivationDataset.open(data);
                Tokenizer tokenizer = model.tokenizer()) {
            int layer = activations.sidecar().layer();
            adapters.values().forEach(given -> given.check(model.config(), OptionalInt.of(layer)));
            int other = wrongLayer.orElse(layer / 2);
            model.config().checkLayer(other);
            SuiteSettings settings = new SuiteSettings(wanted, other, MetricRegistry.installed());
            int[] numbers = RowChoice.first(activations, rows.split(), rows.limit());
            WorkInputs inputs = DescriptionInputs.of(
                    model,
                    tokenizer,
                    adapters.get(VERBALIZER),
                    activations,
                    numbers,
                    sampling,
                    Map.of("wrong layer", other));
            try (KeptDescriptions kept = KeptDescriptions.open(folder.resolve(SuiteFolder.KEPT), inputs)) {
                return run(settings, adapters, folder, activations, numbers, tokenizer, kept);
            }
        }
    }

    /** With weights, which are read when all else is known to be in order. */
    private String run(
            SuiteSettings settings,
            Map<String, AdapterFolder> adapters,
            Path folder,
            ActivationDataset activations,
            int[] numbers,
            Tokenizer tokenizer,
            KeptDescriptions kept) {
        try (Decoder decoder = model.decoder();
                Workers workers = cluster.workers(model.folder())) {
            WarningLines.print(spec.commandLine(), WarningLines.ofData(activations, adapters.values()));
            EvaluatedRows evaluated = evaluated(activations, numbers);
            SuiteEvaluation.Result result = evaluate(evaluated, settings, adapters, decoder, tokenizer, workers, kept);
            SuiteFolder.write(folder, evaluated, result, settings.metrics());
            return SuiteMarkdown.terminal(result.report(), settings.metrics());
        }
    }

    private SuiteEvaluation.Result evaluate(
            EvaluatedRows evaluated,
            SuiteSettings settings,
            Map<String, AdapterFolder> adapters,
            Decoder decoder,
            Tokenizer tokenizer,
            Workers workers,
            KeptDescriptions kept) {
        VerbalizerFolder folder = VerbalizerFolder.read(adapters.get(VERBALIZER), decoder, tokenizer);
        Map<String, TextReader> critics = new LinkedHashMap<>();
        critics.put("training", critic(adapters.get(RECONSTRUCTOR), decoder, tokenizer, workers));
        Optional.ofNullable(adapters.get(INDEPENDENT))
                .ifPresent(given -> critics.put(INDEPENDENT, critic(given, decoder, tokenizer, workers)));
        Describer describer = VerbalizerDescriber.of(folder, sampling.sampling(), sampling.samples(), workers);
        try (WorkDisplay display = new WorkDisplay(spec.commandLine().getErr(), "")) {
            DocumentBootstrap bootstrap = new DocumentBootstrap(resamples, sampling.seed());
            SuiteEvaluation evaluation = new SuiteEvaluation(
                    settings,
                    new Scoring(evaluated, bootstrap, display::show),
                    new DecoderSource(decoder, model.folder()),
                    new TokenizerPrompts(
                            tokenizer, PromptStyle.of(evaluated.data().sidecar().origin())),
                    new NeighborSearch(decoder.manager()));
            return evaluation.run(describer, critics, provenance(decoder, evaluated.data(), adapters), kept);
        }
    }

    /** The adapters by what they are here; the independent one where there is one. */
    private Map<String, AdapterFolder> adapters() {
        Map<String, AdapterFolder> adapters = new LinkedHashMap<>();
        adapters.put(VERBALIZER, verbalizer.open(sidecars));
        adapters.put(RECONSTRUCTOR, sidecars.of(reconstructor, Role.RECONSTRUCTOR));
        independent.ifPresent(given -> adapters.put(INDEPENDENT, sidecars.of(given, Role.RECONSTRUCTOR)));
        sidecars.checkAllLent();
        return adapters;
    }

    private static TextReader critic(AdapterFolder folder, Decoder decoder, Tokenizer tokenizer, Workers workers) {
        return new ReconstructorReader(
                ReconstructorFolder.read(folder, decoder, tokenizer).reconstructor(), workers);
    }

    private EvaluatedRows evaluated(ActivationDataset activations, int[] numbers) {
        NearestRows nearest = NearestRows.exact(() -> TorchRuntime.newManager(TorchRuntime.defaultDevice()));
        return EvaluatedRows.of(activations, numbers, nearest, sampling.seed());
    }

    private Set<Condition> conditions() {
        if (controls.equals(List.of("all"))) {
            return EnumSet.allOf(Condition.class);
        }
        if (controls.equals(List.of("none"))) {
            return EnumSet.noneOf(Condition.class);
        }
        Set<Condition> wanted = EnumSet.noneOf(Condition.class);
        for (String name : controls) {
            wanted.add(Condition.of(name)
                    .orElseThrow(() -> InputException.usage(
                            "--controls %s: expected all, none or some of %s",
                            name,
                            Arrays.stream(Condition.values())
                                    .map(Condition::key)
                                    .collect(Collectors.joining(", ")))));
        }
        return wanted;
    }

    private Map<String, Object> provenance(
            Decoder decoder, ActivationDataset activations, Map<String, AdapterFolder> adapters) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("nla", Version.number());
        values.putAll(model.provenance(decoder));
        adapters.forEach((part, adapter) -> adapter(values, part, adapter));
        values.putAll(sidecars.provenance());
        values.putAll(sampling.provenance());
        values.put("data", activations.folder().toString());
        values.put("data_sha256", activations.sha256());
        activations.sidecar().modelFingerprint().ifPresent(print -> values.put("data_model_fingerprint", print));
        values.put("layer", activations.sidecar().layer());
        values.putAll(rows.provenance());
        values.put("bootstrap_resamples", resamples);
        return values;
    }

    private static void adapter(Map<String, Object> values, String part, AdapterFolder adapter) {
        values.put(part, adapter.path().toString());
        values.put(part + "_sha256", Sha256.of(adapter.path().resolve(PeftFolder.WEIGHTS)));
        adapter.sidecar().modelFingerprint().ifPresent(print -> values.put(part + "_model_fingerprint", print));
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
