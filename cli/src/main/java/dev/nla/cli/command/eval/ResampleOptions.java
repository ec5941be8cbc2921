package dev.nla.cli.command.eval;

import dev.nla.model.stats.DocumentBootstrap;
import picocli.CommandLine.Option;

/** The flags of intervals and tests over what is there already. */
public final class ResampleOptions {
    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "" + DocumentBootstrap.DEFAULT_RESAMPLES,
            description = "Resamples of intervals and tests. Default: ${DEFAULT-VALUE}")
    private int resamples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the resamples. Default: ${DEFAULT-VALUE}")
    private long seed;

    /** The bootstrap that they ask for. */
    DocumentBootstrap bootstrap() {
        return new DocumentBootstrap(resamples, seed);
    }
}
