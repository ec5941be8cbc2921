package dev.nla.cli.command.bench;

import dev.nla.cli.bench.BenchReport;
import dev.nla.cli.bench.Measurement;
import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.BaseModel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The flags of every measurement: how often, with what seed, on how many threads. */
public final class BenchRuns {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of vectors and sampling. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads of torch. Default: all processors")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Repetitions; the median one is shown. Default: ${DEFAULT-VALUE}")
    private int repeat;

    /** The seed. */
    long seed() {
        return seed;
    }

    /** Checks the flags, and has torch compute with as many threads as they say. */
    void prepare() {
        AtLeast.require("--repeat", repeat, 1);
        threads.ifPresent(BaseModel::use);
    }

    /** Measures and returns the line to print. */
    String line(Map<String, Object> shown, Supplier<Measurement> work) {
        prepare();
        return BenchReport.line(shown, repeat, work);
    }
}
