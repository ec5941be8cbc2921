package dev.nla.cli.command.bench;

import dev.nla.cli.bench.SftBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla bench sft}: the speed of supervised fine-tuning of a verbalizer with a LoRA adapter of rank 32. */
@Command(
        name = "sft",
        description = "Measures supervised fine-tuning of a verbalizer with a LoRA adapter of rank 32.",
        footer = {"", "Example:", "  nla bench sft --model models/scenes --texts texts.jsonl --layer 4"})
public final class BenchSftCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Override
    public void run() {
        spec.commandLine().getOut().println(options.measure("sft", SftBench::run));
    }
}
