package dev.nla.cli.command.bench;

import dev.nla.cli.bench.DatasetBench;
import dev.nla.cli.option.AtLeast;
import dev.nla.model.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla bench dataset}: what a large dataset costs. */
@Command(
        name = "dataset",
        description = "Measures writing, opening and searching a made dataset, in a temporary folder.",
        footer = {"", "Example:", "  nla bench dataset --rows 1000000 --width 576"})
public final class BenchDatasetCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Rows. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--width",
            paramLabel = "D",
            defaultValue = "576",
            description = "Numbers a row. Default: ${DEFAULT-VALUE}")
    private int width;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Rows whose neighbours are searched among all. Default: ${DEFAULT-VALUE}")
    private int queries;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "20",
            description = "Neighbours a row. Default: ${DEFAULT-VALUE}")
    private int k;

    @Option(
            names = "--shard-rows",
            paramLabel = "N",
            defaultValue = "65536",
            description = "Most rows of a shard. Default: ${DEFAULT-VALUE}")
    private int shardRows;

    @Mixin
    private BenchRuns runs;

    @Override
    public void run() {
        AtLeast.require("--rows", rows, 1);
        AtLeast.require("--width", width, 1);
        AtLeast.require("--queries", queries, 1);
        AtLeast.require("--k", k, 1);
        AtLeast.require("--shard-rows", shardRows, 1);
        if (k >= rows || queries > rows) {
            throw InputException.usage(
                    "--k %d and --queries %d: expected at most --rows %d, less one for --k", k, queries, rows);
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("work", "dataset");
        shown.put("rows", rows);
        shown.put("width", width);
        shown.put("queries", queries);
        shown.put("k", k);
        DatasetBench bench = new DatasetBench(rows, width, queries, k, shardRows);
        spec.commandLine().getOut().println(runs.line(shown, () -> bench.run(runs.seed())));
    }
}
