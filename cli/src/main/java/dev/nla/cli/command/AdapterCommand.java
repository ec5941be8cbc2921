package dev.nla.cli.command;

import picocli.CommandLine.Command;

/** {@code nla adapter}: looks at adapters and merges them. */
@Command(
        name = "adapter",
        description = "Looks at verbalizer and reconstructor adapters, and merges them into their base model.",
        subcommands = {AdapterInspectCommand.class, AdapterMergeCommand.class},
        footer = {"", "Example:", "  nla adapter inspect runs/smollm2-135m/sft/adapter"})
final class AdapterCommand extends CommandGroup {}
