package dev.nla.cli.command.describe;

import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.confidence.ConfidentReader;
import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.cli.option.VerbalizerOption;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ScoredDescription;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla describe}: puts one activation into words. */
@Command(
        name = "describe",
        description = {
            "Puts one activation into words.",
            "That of a token of a text, by default the last, of a row of a dataset, or a vector from a file. Takes the "
                    + "likeliest tokens unless --temperature is given. Of several --samples, --reconstructor puts "
                    + "first the one that it brings nearest to the activation."
        },
        footer = {
            "",
            "Example:",
            "  nla describe --model models/smollm2-135m-instruct \\",
            "    --verbalizer runs/smollm2-135m/sft/adapter \\",
            "    --text \"The river froze early that year.\"",
            "  nla describe --model models/smollm2-135m-instruct \\",
            "    --verbalizer runs/smollm2-135m/sft/adapter \\",
            "    --reconstructor runs/smollm2-135m/reconstructor/adapter --samples 8 \\",
            "    --temperature 1 --text \"The river froze early that year.\"",
            "  nla describe --model models/scenes --verbalizer adapters/scenes/verbalizer \\",
            "    --confidence --search --reconstructor adapters/scenes/reconstructor \\",
            "    --text \"The school was where it happened. A goat kept close.\"",
            "  nla describe --model Qwen/Qwen2.5-7B-Instruct \\",
            "    --verbalizer anicka/nla-qwen2.5-7b-L20-av-v2 \\",
            "    --like anicka/nla-qwen2.5-7b-L20-av-v2 \\",
            "    --text \"The river froze early that year.\""
        })
public final class DescribeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Mixin
    private VerbalizerOption verbalizer;

    @Option(
            names = "--reconstructor",
            paramLabel = "DIR|REPO",
            description =
                    "Reconstructor adapter that turns each description back into a vector, to tell how near it is.")
    private Optional<FolderOrRepo> reconstructor = Optional.empty();

    @Mixin
    private BorrowedSidecars sidecars;

    @ArgGroup(multiplicity = "1")
    private DescribedVector source;

    @Option(
            names = "--layer",
            paramLabel = "L",
            description = "The block whose output is described, from 0. Default: the adapter's own")
    private Optional<Integer> layer = Optional.empty();

    @Option(
            names = "--prompt",
            paramLabel = "STYLE",
            description =
                    "How --text is put before the model: chat or raw. Default: as in the adapter's training, chat where it does not say")
    private Optional<String> prompt = Optional.empty();

    @Option(
            names = "--av-prompt",
            paramLabel = "STYLE",
            description = "How the verbalizer is asked: chat or raw. Default: as the adapter was trained")
    private Optional<String> verbalizerPrompt = Optional.empty();

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private ConfidenceOptions confidence;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Override
    public void run() {
        Optional<PromptStyle> asked = prompt.map(PromptStyle::parse);
        AdapterFolder writing = asked(verbalizer.open(sidecars));
        Optional<AdapterFolder> reading = reconstructor.map(given -> sidecars.of(given, Role.RECONSTRUCTOR));
        sidecars.checkAllLent();
        ModelSidecar sidecar = writing.sidecar();
        PromptStyle style = asked.orElse(PromptStyle.of(sidecar.origin()));
        sampling.sampling();
        sampling.samples();
        Optional<ClaimCalibration> calibration = confidence.calibration(sampling, writing, reading);
        try (Tokenizer tokenizer = model.tokenizer()) {
            DescribedVector.Sought sought = source.seek(model, tokenizer, style, sidecar.layer());
            writing.check(model.config(), sought.layer());
            OptionalInt block = sought.layer().isPresent() ? sought.layer() : sidecar.layer();
            reading.ifPresent(given -> given.check(model.config(), block));
            describe(sought, writing, reading, calibration, tokenizer);
        }
    }

    private void describe(
            DescribedVector.Sought sought,
            AdapterFolder writing,
            Optional<AdapterFolder> reading,
            Optional<ClaimCalibration> calibration,
            Tokenizer tokenizer) {
        int samples = sampling.samples();
        try (Decoder decoder = model.decoder()) {
            VerbalizerFolder folder = VerbalizerFolder.read(writing, decoder, tokenizer);
            Optional<ReconstructorFolder> critic =
                    reading.map(given -> ReconstructorFolder.read(given, decoder, tokenizer));
            DescribedVector.Found found = sought.in().apply(decoder);
            long[] seeds = {sampling.seed()};
            float[][] vectors = {found.vector()};
            List<Description> written = folder.verbalizer()
                    .describe(vectors, sampling.sampling(), samples, seeds)
                    .get(0);
            float[] mean = folder.verbalizer().injection().center();
            List<String> warnings = warnings(found, folder.sidecar(), critic.map(ReconstructorFolder::sidecar));
            Optional<ClaimCalibration> fitting = calibration.filter(known -> fits(known, found, warnings));
            Optional<ConfidentReading> claims = fitting.map(known -> new ConfidentReader(
                            folder.verbalizer(),
                            critic.orElseThrow().reconstructor(),
                            known,
                            centre(mean),
                            sampling.sampling().maxNewTokens())
                    .read(found.vector(), sampling.seed(), searched(known, warnings)));
            print(
                    found,
                    warnings,
                    fitting.map(known -> new ConfidenceText(known, confidence.threshold())),
                    claims,
                    critic.map(each -> ScoredDescription.nearestFirst(
                                    written, reconstructions(each, written), found.vector(), mean))
                            .orElseGet(() -> ScoredDescription.unscored(written)));
        }
    }

    private List<String> warnings(DescribedVector.Found found, ModelSidecar described, Optional<ModelSidecar> critic) {
        List<String> warnings = new ArrayList<>();
        found.unlike()
                .apply(described.origin())
                .forEach(line -> warnings.add(
                        "the adapter %s was trained on %s: its words may be made up".formatted(verbalizer, line)));
        critic.ifPresent(sidecar -> found.unlike()
                .apply(sidecar.origin())
                .forEach(line -> warnings.add("the adapter %s was trained on %s: its cosines say little"
                        .formatted(reconstructor.orElseThrow(), line))));
        return warnings;
    }

    /** Of activations of another kind a calibration says nothing: its numbers are withdrawn, with a warning. */
    private boolean fits(ClaimCalibration calibration, DescribedVector.Found found, List<String> warnings) {
        CalibrationOrigin origin = calibration.origin();
        List<String> withdrawn = origin.withdrawn(
                verbalizer.toString(),
                found.unlike().apply(origin.activations()),
                model.weightsFingerprint(),
                found.layer());
        warnings.addAll(withdrawn);
        return withdrawn.isEmpty();
    }

    /** Whether descriptions are searched: where it is asked for and has made them truer, else a warning says why not. */
    private boolean searched(ClaimCalibration calibration, List<String> warnings) {
        if (!confidence.search()) {
            return false;
        }
        if (calibration.search().isEmpty()) {
            warnings.add(
                    "search was not tried when %s was calibrated, so the description is as it was written: run nla eval claims "
                                    .formatted(verbalizer)
                            + "--calibrate --search");
        }
        calibration
                .search()
                .filter(trial -> !trial.earned())
                .ifPresent(trial -> warnings.add(String.format(
                        Locale.ROOT,
                        "search made the descriptions of %s no truer (precision %+.3f [%.3f, %.3f]), so the description is as it was written",
                        verbalizer,
                        trial.precisionGain(),
                        trial.ci95().low(),
                        trial.ci95().high())));
        return calibration.searches();
    }

    private float[] centre(float[] mean) {
        if (mean.length == 0) {
            throw InputException.data(
                    "%s: has no mean of activations, which claims are measured from: train it with injection_center=mean",
                    verbalizer);
        }
        return mean;
    }

    private static float[][] reconstructions(ReconstructorFolder critic, List<Description> written) {
        return critic.reconstructor()
                .reconstruct(written.stream().map(Description::text).toList());
    }

    /** The adapter with what the flags say in place of what its sidecar says. */
    private AdapterFolder asked(AdapterFolder given) {
        ModelSidecar own = given.sidecar();
        ModelSidecarBuilder changed = own.toBuilder();
        verbalizerPrompt.ifPresent(style -> changed.chatTemplate(chat(style)));
        layer.ifPresent(block -> {
            if (own.layer().isPresent() && own.layer().getAsInt() != block) {
                throw InputException.data(
                        "--layer %d: the adapter %s is of layer %d: leave out --layer, or take an adapter of that layer",
                        block, verbalizer, own.layer().getAsInt());
            }
            if (block < 0) {
                throw InputException.usage("--layer %d: layers count from 0", block);
            }
            changed.layer(block);
        });
        return new AdapterFolder(given.path(), changed.build());
    }

    private static boolean chat(String style) {
        return switch (style) {
            case "chat" -> true;
            case "raw" -> false;
            default -> throw InputException.usage("--av-prompt %s: chat or raw was expected", style);
        };
    }

    private void print(
            DescribedVector.Found found,
            List<String> warnings,
            Optional<ConfidenceText> text,
            Optional<ConfidentReading> claims,
            List<ScoredDescription> written) {
        PrintWriter out = spec.commandLine().getOut();
        WarningLines.print(spec.commandLine(), warnings);
        if (json) {
            out.println(new DescriptionJson(sampling, warnings)
                    .text(
                            found,
                            written,
                            root -> claims.ifPresent(
                                    reading -> text.orElseThrow().write(root, reading))));
            return;
        }
        for (int i = 0; i < written.size(); i++) {
            out.print(i == 0 ? "" : System.lineSeparator());
            written.get(i).cosine().ifPresent(cosine -> out.println(cosine.text()));
            out.println(written.get(i).description().text());
        }
        claims.ifPresent(reading -> text.orElseThrow().print(out, reading));
        out.flush();
        long unclosed =
                written.stream().filter(each -> !each.description().parsed()).count();
        if (unclosed > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "nla: %d of %d descriptions are not usable: not closed within --max-new-tokens, empty, or with a marker inside%n",
                            unclosed, written.size());
        }
    }
}
