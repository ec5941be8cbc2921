package dev.nla.cli.command.bench;

import dev.nla.cli.bench.ExtractBench;
import dev.nla.cli.option.AtLeast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla bench extract}: the speed of extraction. */
@Command(
        name = "extract",
        description = "Measures extraction of --batch times --steps texts into a dataset on disk.",
        footer = {"", "Example:", "  nla bench extract --model models/scenes --texts texts.jsonl --layer 4"})
public final class BenchExtractCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Most tokens that are computed at a time. Default: ${DEFAULT-VALUE}")
    private int batchTokens;

    @Override
    public void run() {
        AtLeast.require("--batch-tokens", batchTokens, 1);
        spec.commandLine().getOut().println(options.measure("extract", work -> ExtractBench.run(work, batchTokens)));
    }
}
