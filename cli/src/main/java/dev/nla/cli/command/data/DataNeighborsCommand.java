package dev.nla.cli.command.data;

import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.neighbors.Among;
import dev.nla.data.neighbors.DatasetNeighbors;
import dev.nla.data.neighbors.NeighborFile;
import dev.nla.model.files.OutputLock;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla data neighbors}: finds the nearest rows of every row. */
@Command(
        name = "neighbors",
        description = "Finds the exact nearest rows of every row, by raw and by centred cosine, and stores them.",
        footer = {"", "Example:", "  nla data neighbors runs/smollm2-135m/dataset --k 20"})
public final class DataNeighborsCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "A folder made by nla data extract.")
    private Path folder;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "20",
            description = "Neighbours a row. Default: ${DEFAULT-VALUE}")
    private int k;

    @Option(
            names = "--among",
            completionCandidates = KnownWords.Among.class,
            paramLabel = "ROWS",
            defaultValue = "split",
            description = "Search among the rows of the same split, or among all. Default: ${DEFAULT-VALUE}")
    private String among;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public void run() {
        AtLeast.require("--k", k, 1);
        Among rows = Among.parse(among);
        try (ActivationDataset dataset = ActivationDataset.open(folder);
                Workers workers = cluster.workers()) {
            OutputLock.during(folder.resolve(NeighborFile.NAME), () -> find(dataset, rows, workers));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %d nearest rows of %d, raw and centred%n",
                            folder.resolve(NeighborFile.NAME), k, dataset.size());
        }
    }

    private int find(ActivationDataset dataset, Among rows, Workers workers) {
        NeighborFile.write(dataset, DatasetNeighbors.find(workers, TorchRuntime.defaultDevice(), dataset, k, rows));
        return dataset.size();
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
