package dev.nla.cli.command.data;

import dev.nla.claims.calibration.AdapterPair;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.search.SearchedDescription;
import dev.nla.claims.truth.ClaimRules;
import dev.nla.cli.option.AdapterPairOptions;
import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.DescriptionInputs;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.option.WritingOptions;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.cli.terminal.WorkDisplay;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import dev.nla.data.text.DescribedFile;
import dev.nla.eval.claims.DescribedRows;
import dev.nla.eval.claims.RowDescriber;
import dev.nla.eval.claims.RowSearch;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.rows.RowChoice;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.OutputLock;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla data repair}: descriptions that a verbalizer wrote and a search made truer, to learn from. */
@Command(
        name = "repair",
        description = {
            "Has a verbalizer describe rows of a dataset, and searches for what it should have said.",
            "Claims of the greedy description and of samples are added, dropped and exchanged, one at a time, while the reconstruction "
                    + "comes nearer by more than a claim costs; no label is asked. The rows get the searched descriptions in place "
                    + "unless --output is given: train on a copy of the dataset."
        },
        footer = {
            "",
            "Example:",
            "  cp -r runs/quickstart/dataset runs/quickstart/repaired",
            "  nla data repair --model models/scenes --data runs/quickstart/repaired \\",
            "    --verbalizer runs/quickstart/sft/adapter \\",
            "    --reconstructor runs/quickstart/reconstructor/adapter"
        })
public final class DataRepairCommand implements Runnable, Interruptible {
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
            description = "A folder made by nla data extract.")
    private Path data;

    @Option(
            names = "--split",
            completionCandidates = KnownWords.Splits.class,
            paramLabel = "NAME",
            defaultValue = "train",
            description = "Rows to describe: train, validation or test. Default: ${DEFAULT-VALUE}")
    private String split;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "The first N rows of them, 0 for all; the others keep their descriptions.")
    private int limit;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "8",
            description = "Descriptions sampled at temperature 1, whose claims are tried. Default: ${DEFAULT-VALUE}")
    private int samples;

    @Option(
            names = "--cost",
            paramLabel = "C",
            defaultValue = "0.03",
            description = "What a claim has to bring to be worth saying, in centred cosine. Default: ${DEFAULT-VALUE}")
    private double cost;

    @Mixin
    private WritingOptions writing;

    @Option(
            names = "--output",
            paramLabel = "F.jsonl",
            description =
                    "File for the described rows, which nla eval gap --descriptions reads. Default: the dataset's rows, in place")
    private Optional<Path> output = Optional.empty();

    /** What is opened before weights are. */
    private record Inputs(ActivationDataset data, int[] rows, Tokenizer tokenizer, AdapterPair adapters) {}

    @Override
    public void run() {
        Split chosen = Split.parse(split);
        checkNumbers();
        AdapterPair pair = adapters.open();
        try (ActivationDataset activations = ActivationDataset.open(data);
                Tokenizer tokenizer = model.tokenizer()) {
            pair.check(model.config(), activations.sidecar().layer());
            Inputs inputs = new Inputs(activations, rows(activations, chosen), tokenizer, pair);
            Path rows = data.resolve(ActivationDataset.ROWS_FILE);
            Path target = output.orElse(rows);
            OutputLock.during(target, () -> write(inputs, rows, target));
        }
    }

    private void checkNumbers() {
        AtLeast.require("--samples", samples, 1);
        writing.check();
        AtLeast.require("--limit", limit, 0);
        if (!(cost > 0) || !Double.isFinite(cost)) {
            throw InputException.usage("--cost %s: expected a number above 0", cost);
        }
    }

    private int[] rows(ActivationDataset activations, Split chosen) {
        int[] some = RowChoice.upTo(activations, chosen, limit);
        if (some.length == 0) {
            throw InputException.data("%s: has no rows of the %s split to describe", data, chosen.label());
        }
        return some;
    }

    private int write(Inputs inputs, Path rows, Path target) {
        DescribedFile file = DescribedFile.read(rows);
        try (KeptDescriptions kept =
                KeptDescriptions.open(KeptLines.beside(target, "descriptions"), workInputs(inputs))) {
            List<SearchedDescription> found = search(inputs, kept);
            List<String> descriptions =
                    found.stream().map(each -> each.description().text()).toList();
            if (output.isPresent()) {
                file.writeSome(target, inputs.rows(), descriptions);
            } else {
                file.requireUnchanged("run the same command again");
                file.writeReplaced(rows, inputs.rows(), descriptions);
            }
            kept.delete();
            print(target, found);
            return found.size();
        }
    }

    private WorkInputs workInputs(Inputs inputs) {
        return DescriptionInputs.of(
                model,
                inputs.tokenizer(),
                inputs.adapters().verbalizer(),
                inputs.data(),
                inputs.rows(),
                writing.seed(),
                Map.of("samples", samples, "max_new_tokens", writing.maxNewTokens()));
    }

    private List<SearchedDescription> search(Inputs inputs, KeptDescriptions kept) {
        ActivationDataset activations = inputs.data();
        AdapterPair pair = inputs.adapters();
        ClaimGrammar grammar = ClaimRules.of(activations).grammar();
        try (WorkDisplay display = new WorkDisplay(spec.commandLine().getErr(), "");
                Decoder decoder = model.decoder()) {
            VerbalizerFolder author = VerbalizerFolder.read(pair.verbalizer(), decoder, inputs.tokenizer());
            ReconstructorFolder critic = ReconstructorFolder.read(pair.reconstructor(), decoder, inputs.tokenizer());
            WarningLines.print(spec.commandLine(), WarningLines.ofData(activations, pair.both()));
            DescribedRows described = RowDescriber.of(
                            activations, author, samples, writing.maxNewTokens(), grammar, display::show)
                    .describe(split, inputs.rows(), writing.seed(), kept);
            return RowSearch.of(activations, grammar, critic.reconstructor()::reconstruct, cost, display::show)
                    .of(described);
        }
    }

    private void print(Path target, List<SearchedDescription> found) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %d descriptions searched, mean centred cosine %.3f instead of %.3f; %.1f texts heard for each%n",
                        target,
                        found.size(),
                        mean(found, SearchedDescription::nearness),
                        mean(found, SearchedDescription::greedyNearness),
                        mean(found, SearchedDescription::heard));
    }

    private static double mean(List<SearchedDescription> found, ToDoubleFunction<SearchedDescription> value) {
        return found.stream().mapToDouble(value).average().orElseThrow();
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
