package dev.nla.cli.command.bench;

import dev.nla.cli.bench.GrpoBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla bench grpo}: the speed of policy optimization. */
@Command(
        name = "grpo",
        description =
                "Measures contrastive policy optimization with a frozen reconstructor; a step is a batch of texts.",
        footer = {"", "Example:", "  nla bench grpo --model models/scenes --texts texts.jsonl --layer 4 --batch 8"})
public final class BenchGrpoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Override
    public void run() {
        spec.commandLine().getOut().println(options.measure("grpo", GrpoBench::run));
    }
}
