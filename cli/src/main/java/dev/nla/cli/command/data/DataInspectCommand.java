package dev.nla.cli.command.data;

import dev.nla.cli.terminal.Fields;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.summary.DatasetSummary;
import dev.nla.data.summary.Spread;
import dev.nla.model.sidecar.ActivationOrigin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla data inspect}: what is in a dataset. */
@Command(
        name = "inspect",
        description =
                "Shows what is in a dataset: rows, splits, norms, how alike the activations are, what is there twice.",
        footer = {"", "Example:", "  nla data inspect runs/smollm2-135m/dataset"})
public final class DataInspectCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "A folder made by nla data extract.")
    private Path folder;

    @Override
    public void run() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            dataset.verify();
            print(DatasetSummary.of(dataset), dataset.sidecar().origin());
            WarningLines.print(spec.commandLine(), DatasetSummary.warnings(dataset));
        }
    }

    private void print(DatasetSummary summary, ActivationOrigin origin) {
        Fields fields = new Fields(spec.commandLine().getOut());
        fields.line("model", summary.baseModel());
        fields.line("layer", "block %d, %d numbers".formatted(summary.layer(), summary.dimension()));
        fields.line("rows", "%d from %d documents".formatted(summary.rows(), summary.documents()));
        origin.text().ifPresent(text -> fields.line("activations", text));
        fields.line("splits", counts(summary.splits()));
        fields.line("norms", spread(summary.norms()));
        fields.line("cosine to mean", spread(summary.cosineToMean()));
        fields.line(
                "descriptions",
                "%d, characters: %s"
                        .formatted(summary.descriptionLengths().count(), spread(summary.descriptionLengths())));
        fields.line(
                "twice",
                "%d texts, %d activations".formatted(summary.duplicateTexts(), summary.duplicateActivations()));
        if (!summary.leakingDocuments().isEmpty()) {
            fields.line(
                    "leaking",
                    "%d documents are in more than one split, first '%s': run nla data split"
                            .formatted(
                                    summary.leakingDocuments().size(),
                                    summary.leakingDocuments().get(0)));
        }
        categories(summary.categories());
    }

    private void categories(Map<String, Map<Split, Integer>> categories) {
        PrintWriter out = spec.commandLine().getOut();
        int width = categories.keySet().stream().mapToInt(String::length).max().orElse(0);
        out.println();
        categories.forEach((category, splits) -> out.printf(
                "  %-" + Math.max(width, 6) + "s  %s%n", category.isEmpty() ? "(none)" : category, counts(splits)));
    }

    private static String counts(Map<Split, Integer> splits) {
        return Arrays.stream(Split.values())
                .map(split -> split.label() + " " + splits.getOrDefault(split, 0))
                .collect(Collectors.joining(", "));
    }

    private static String spread(Spread spread) {
        return String.format(
                Locale.ROOT,
                "mean %.4g, deviation %.3g, from %.4g over %.4g to %.4g",
                spread.mean(),
                spread.deviation(),
                spread.min(),
                spread.median(),
                spread.max());
    }
}
