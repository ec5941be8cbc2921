package dev.nla.cli.option;

import picocli.CommandLine.Option;

/** The flags of every command that has descriptions written: how long they get, and what chance is drawn from. */
public final class WritingOptions {
    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Most tokens of a description. Default: ${DEFAULT-VALUE}")
    private int maxNewTokens;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of everything that is drawn. Default: ${DEFAULT-VALUE}")
    private long seed;

    /** Refuses descriptions of no length. */
    public void check() {
        AtLeast.require("--max-new-tokens", maxNewTokens, 1);
    }

    /** Most tokens of a description. */
    public int maxNewTokens() {
        return maxNewTokens;
    }

    public long seed() {
        return seed;
    }
}
