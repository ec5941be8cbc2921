package dev.nla.cli.command.eval;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla eval}: measures what adapters are worth. */
@Command(
        name = "eval",
        description = "Measures how good descriptions and reconstructions are.",
        footer = {"", "Example:", "  nla eval gap --reconstructions fixtures/gap/gap.safetensors"})
public final class EvalCommand extends CommandGroup {
    /** Holds the commands below {@code nla eval}. */
    public EvalCommand() {
        super(
                EvalGapCommand.class,
                EvalProbeCommand.class,
                EvalSuiteCommand.class,
                EvalClaimsCommand.class,
                EvalRepliesCommand.class,
                EvalCompareCommand.class,
                EvalReportCommand.class);
    }
}
