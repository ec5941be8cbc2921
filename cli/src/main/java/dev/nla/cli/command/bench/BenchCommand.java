package dev.nla.cli.command.bench;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla bench}: how fast this machine does what the other commands do. */
@Command(
        name = "bench",
        description = "Measures speed and memory of the other commands' work; prints one line of JSON.",
        footer = {"", "Example:", "  nla bench sft --model models/scenes --texts texts.jsonl --layer 4"})
public final class BenchCommand extends CommandGroup {
    /** Holds the commands below {@code nla bench}. */
    public BenchCommand() {
        super(
                BenchExtractCommand.class,
                BenchSftCommand.class,
                BenchGenerateCommand.class,
                BenchGrpoCommand.class,
                BenchNeighborsCommand.class,
                BenchDatasetCommand.class,
                BenchClusterCommand.class);
    }
}
