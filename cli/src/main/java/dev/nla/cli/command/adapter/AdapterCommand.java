package dev.nla.cli.command.adapter;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla adapter}: says how adapters are asked, looks at them and merges them. */
@Command(
        name = "adapter",
        description = "Says how an adapter is asked, looks at adapters, and merges them into their base model.",
        footer = {"", "Example:", "  nla adapter inspect runs/smollm2-135m/sft/adapter"})
public final class AdapterCommand extends CommandGroup {
    /** Holds the commands below {@code nla adapter}. */
    public AdapterCommand() {
        super(AdapterInitCommand.class, AdapterInspectCommand.class, AdapterMergeCommand.class);
    }
}
