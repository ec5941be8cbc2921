package dev.nla.cli.command.data;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.data.dataset.Split;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.split.StoredSplit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla data split}: draws which documents train, validate and test. */
@Command(
        name = "split",
        description = "Draws new splits by document and stores them with the rows.",
        footer = {"", "Example:", "  nla data split runs/smollm2-135m/dataset --ratios 80/10/10 --seed 1"})
public final class DataSplitCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "A folder made by nla data extract.")
    private Path folder;

    @Option(
            names = "--ratios",
            paramLabel = "A/B/C",
            defaultValue = "80/10/10",
            description = "Shares of train, validation and test. Default: ${DEFAULT-VALUE}")
    private String ratios;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public void run() {
        List<Split> splits = StoredSplit.draw(folder, new DocumentSplit(seed, SplitRatios.parse(ratios)));
        String counts = Arrays.stream(Split.values())
                .map(split -> split.label() + " " + Collections.frequency(splits, split))
                .collect(Collectors.joining(", "));
        spec.commandLine().getOut().printf("%s: %s%n", folder, counts);
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
