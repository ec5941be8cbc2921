package dev.nla.cli.command.eval;

import dev.nla.claims.calibration.AdapterPair;
import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.ClaimsFile;
import dev.nla.claims.truth.ClaimRules;
import dev.nla.cli.option.AdapterPairOptions;
import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.DescriptionInputs;
import dev.nla.cli.option.WritingOptions;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Version;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.cli.terminal.WorkDisplay;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import dev.nla.eval.claims.ClaimsEvaluation;
import dev.nla.eval.claims.ClaimsRun;
import dev.nla.eval.claims.RowDescriber;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.render.ClaimsReportJson;
import dev.nla.eval.render.ClaimsReportTable;
import dev.nla.eval.render.SearchReportTable;
import dev.nla.eval.rows.RowChoice;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.OutputLock;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla eval claims}: how likely each claim of a description is true, and how far that likelihood itself can be trusted. */
@Command(
        name = "claims",
        description = {
            "How likely each claim of a description is true, and how well that likelihood holds.",
            "A claim is one value of one slot, such as \"place: harbour\". What speaks for it is measured: how many of several sampled "
                    + "descriptions state it, how probable its words are, and how much nearer it brings the reconstruction. "
                    + "--calibrate fits what that means on the validation split and writes claims.json into the verbalizer's folder; "
                    + "the rows of --split then judge it. Without --calibrate they judge the calibration that is there."
        },
        footer = {
            "",
            "Example:",
            "  nla eval claims --model models/scenes --data runs/quickstart/dataset \\",
            "    --calibrate --verbalizer runs/quickstart/hardneg/adapter \\",
            "    --reconstructor runs/quickstart/reconstructor/adapter"
        })
public final class EvalClaimsCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Mixin
    private AdapterPairOptions adapters;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATASET",
            description = "Activations, with facts or descriptions that claims are held against.")
    private Path data;

    @Mixin
    private RowOptions rows;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Descriptions sampled at temperature 1 beside the greedy one. Default: 8, or as calibrated")
    private Optional<Integer> samples = Optional.empty();

    @Mixin
    private WritingOptions writing;

    @Option(
            names = "--calibrate",
            description = "Fit a calibration on the validation split and write it into the verbalizer's folder.")
    private boolean calibrate;

    @Option(
            names = "--search",
            description =
                    "Also search descriptions: add, drop and exchange claims of the samples, one at a time, while the "
                            + "reconstruction comes nearer by more than a claim costs; and say what that does to them. With --calibrate, "
                            + "whether it makes them truer is kept for nla describe --search.")
    private boolean search;

    @Option(names = "--json", paramLabel = "F", description = "Also write everything as JSON.")
    private Optional<Path> json = Optional.empty();

    /** What is opened before weights are. */
    private record Inputs(
            ActivationDataset data, Tokenizer tokenizer, AdapterPair adapters, Optional<ClaimCalibration> known) {}

    @Override
    public void run() {
        AtLeast.require("--samples", samples.orElse(1), 1);
        writing.check();
        AdapterPair pair = adapters.open();
        Split split = rows.split();
        if (calibrate && split == Split.VALIDATION) {
            throw InputException.usage("--split validation: --calibrate is fitted to it; judge on another split");
        }
        try (ActivationDataset activations = ActivationDataset.open(data);
                Tokenizer tokenizer = model.tokenizer()) {
            pair.check(model.config(), activations.sidecar().layer());
            Inputs inputs = new Inputs(activations, tokenizer, pair, known(activations, pair));
            int[] judged = rows(activations, split);
            int[] fitted = calibrate ? rows(activations, Split.VALIDATION) : new int[0];
            List<Path> outputs = Stream.concat(calibrate ? Stream.of(pair.file()) : Stream.empty(), json.stream())
                    .toList();
            if (outputs.isEmpty()) {
                evaluate(inputs, judged, fitted, KeptDescriptions.inMemory());
                return;
            }
            OutputLock.during(outputs, () -> {
                try (KeptDescriptions kept = KeptDescriptions.open(
                        KeptLines.beside(outputs.get(0), "descriptions"), workInputs(inputs, judged, fitted))) {
                    evaluate(inputs, judged, fitted, kept);
                    kept.delete();
                    return outputs;
                }
            });
        }
    }

    /** The calibration that is judged as it is; empty where one is to be made. */
    private Optional<ClaimCalibration> known(ActivationDataset activations, AdapterPair pair) {
        if (calibrate) {
            return Optional.empty();
        }
        return Optional.of(pair.calibration(
                model.weightsFingerprint(),
                activations.sidecar().layer(),
                activations.sidecar().origin(),
                samples.map(OptionalInt::of).orElse(OptionalInt.empty())));
    }

    private int[] rows(ActivationDataset activations, Split split) {
        int[] some = RowChoice.upTo(activations, split, rows.limit());
        if (some.length < ClaimCalibration.FEWEST_ROWS) {
            throw InputException.data(
                    "%s: %d rows of the %s split are to be used, but probabilities of claims need at least %d",
                    activations.folder(), some.length, split.label(), ClaimCalibration.FEWEST_ROWS);
        }
        return some;
    }

    private int samples(Inputs inputs) {
        return samples.orElse(
                inputs.known().map(known -> known.origin().samples()).orElse(8));
    }

    private WorkInputs workInputs(Inputs inputs, int[] judged, int[] fitted) {
        return DescriptionInputs.of(
                model,
                inputs.tokenizer(),
                inputs.adapters().verbalizer(),
                inputs.data(),
                IntStream.concat(IntStream.of(judged), IntStream.of(fitted)).toArray(),
                writing.seed(),
                Map.of("judged", judged.length, "samples", samples(inputs), "max_new_tokens", writing.maxNewTokens()));
    }

    /** With weights, which are read when all else is known to be in order. */
    private void evaluate(Inputs inputs, int[] judged, int[] fitted, KeptDescriptions kept) {
        ActivationDataset activations = inputs.data();
        AdapterPair pair = inputs.adapters();
        try (WorkDisplay display = new WorkDisplay(spec.commandLine().getErr(), "");
                Decoder decoder = model.decoder()) {
            VerbalizerFolder author = VerbalizerFolder.read(pair.verbalizer(), decoder, inputs.tokenizer());
            ReconstructorFolder critic = ReconstructorFolder.read(pair.reconstructor(), decoder, inputs.tokenizer());
            WarningLines.print(spec.commandLine(), WarningLines.ofData(activations, pair.both()));
            ClaimRules claims = inputs.known()
                    .map(known -> new ClaimRules(known.grammar(), known.truth()))
                    .orElseGet(() -> ClaimRules.of(activations));
            ClaimsEvaluation evaluation = new ClaimsEvaluation(
                    activations, claims.grammar(), claims.truth(), critic.reconstructor()::reconstruct, display::show);
            ClaimsRun run = new ClaimsRun(
                    RowDescriber.of(
                            activations,
                            author,
                            samples(inputs),
                            writing.maxNewTokens(),
                            claims.grammar(),
                            display::show),
                    evaluation,
                    search,
                    writing.seed(),
                    kept);
            ClaimCalibration calibration =
                    inputs.known().orElseGet(() -> run.calibrate(origin(inputs), Split.VALIDATION.label(), fitted));
            ClaimsRun.Outcome outcome = run.judge(calibration, rows.split().label(), judged);
            if (calibrate) {
                ClaimsFile.write(pair.file(), calibration);
            }
            json.ifPresent(file -> AtomicFiles.write(
                    file, ClaimsReportJson.text(outcome.claims(), outcome.search(), provenance(inputs, decoder))));
            spec.commandLine().getOut().print(ClaimsReportTable.text(outcome.claims()));
            outcome.search().ifPresent(found -> spec.commandLine().getOut().print(SearchReportTable.text(found)));
        }
    }

    private CalibrationOrigin origin(Inputs inputs) {
        return inputs.adapters()
                .origin(
                        model.weightsFingerprint(),
                        inputs.data().sidecar().layer(),
                        inputs.data().sidecar().origin(),
                        samples(inputs));
    }

    private Map<String, Object> provenance(Inputs inputs, Decoder decoder) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("nla", Version.number());
        values.putAll(model.provenance(decoder));
        values.put("verbalizer", inputs.adapters().verbalizer().path().toString());
        values.put("reconstructor", inputs.adapters().reconstructor().path().toString());
        values.put("calibrated_here", calibrate);
        values.put("samples", samples(inputs));
        values.put("max_new_tokens", writing.maxNewTokens());
        values.put("seed", writing.seed());
        values.putAll(adapters.provenance());
        values.put("data", inputs.data().folder().toString());
        values.put("data_sha256", inputs.data().sha256());
        values.put("layer", inputs.data().sidecar().layer());
        values.putAll(rows.provenance());
        return values;
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of(
                calibrate || json.isPresent()
                        ? "the same command goes on where it was"
                        : "descriptions are kept where there is an output: with --json F the same command goes on where it was");
    }
}
