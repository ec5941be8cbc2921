package dev.nla.cli.command.bench;

import dev.nla.cli.bench.NeighborBench;
import dev.nla.cli.option.AtLeast;
import dev.nla.model.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla bench neighbors}: the speed of the exact neighbour search. */
@Command(
        name = "neighbors",
        description = "Measures the exact search for the nearest rows of every row.",
        footer = {"", "Example:", "  nla bench neighbors --rows 50000 --width 576"})
public final class BenchNeighborsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "50000", description = "Rows. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--width",
            paramLabel = "D",
            defaultValue = "576",
            description = "Numbers a row. Default: ${DEFAULT-VALUE}")
    private int width;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "20",
            description = "Neighbours a row. Default: ${DEFAULT-VALUE}")
    private int k;

    @Mixin
    private BenchRuns runs;

    @Override
    public void run() {
        AtLeast.require("--rows", rows, 1);
        AtLeast.require("--width", width, 1);
        AtLeast.require("--k", k, 1);
        if (k >= rows) {
            throw InputException.usage(
                    "--k %d: a row has %d others, as --rows is %d: expected at most these", k, rows - 1, rows);
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("work", "neighbors");
        shown.put("rows", rows);
        shown.put("width", width);
        shown.put("k", k);
        spec.commandLine().getOut().println(runs.line(shown, () -> NeighborBench.run(rows, width, k, runs.seed())));
    }
}
