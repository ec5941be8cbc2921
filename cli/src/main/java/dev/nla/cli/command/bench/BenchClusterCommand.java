package dev.nla.cli.command.bench;

import dev.nla.cli.bench.JobBench;
import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla bench cluster}: what a job costs before anything is computed. */
@Command(
        name = "cluster",
        description = {
            "Measures what a job costs before anything is computed: changed weights go to all workers, a gradient's numbers come back for each part.",
            "Steps of training are jobs: a cluster pays where they compute for much longer. Without --cluster, this process alone."
        },
        footer = {
            "",
            "Example:",
            "  nla bench cluster --model models/scenes --rank 16 --repeat 20 \\",
            "    --cluster local-cluster[2,1,1024]"
        })
public final class BenchClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR|REPO",
            required = true,
            description = "Base model of the adapter; its weights are not read.")
    private FolderOrRepo model;

    @Option(
            names = "--rank",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rank of the adapter, which says how many numbers there are. Default: ${DEFAULT-VALUE}")
    private int rank;

    @Option(
            names = "--parts",
            paramLabel = "N",
            defaultValue = "2",
            description = "Parts of a job. Default: ${DEFAULT-VALUE}")
    private int parts;

    @Mixin
    private BenchRuns runs;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public void run() {
        AtLeast.require("--rank", rank, 1);
        AtLeast.require("--parts", parts, 1);
        runs.prepare();
        Path folder = ModelConfig.requireFolder(model.model());
        try (Workers workers = cluster.workers(folder);
                JobBench bench = new JobBench(folder, rank, workers, parts)) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("work", "cluster");
            shown.put("numbers", bench.numbers());
            shown.put("parts", parts);
            shown.put("workers", workers.facts().size());
            spec.commandLine().getOut().println(runs.line(shown, bench::run));
        }
    }
}
