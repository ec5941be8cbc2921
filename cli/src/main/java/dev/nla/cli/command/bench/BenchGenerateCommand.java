package dev.nla.cli.command.bench;

import dev.nla.cli.bench.GenerateBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla bench generate}: the speed of describing activations, each in the same number of tokens. */
@Command(
        name = "generate",
        description = "Measures describing activations, each in the same number of tokens.",
        footer = {
            "",
            "Example:",
            "  nla bench generate --model models/scenes --texts texts.jsonl --layer 4 \\",
            "    --batch 32"
        })
public final class BenchGenerateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Override
    public void run() {
        spec.commandLine().getOut().println(options.measure("generate", GenerateBench::run));
    }
}
