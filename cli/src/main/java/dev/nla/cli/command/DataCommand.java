package dev.nla.cli.command;

import picocli.CommandLine.Command;

/** {@code nla data}: makes activation datasets and looks at them. */
@Command(
        name = "data",
        description = "Makes activation datasets, splits them, and looks at them.",
        subcommands = {
            DataExtractCommand.class,
            DataInspectCommand.class,
            DataScenesCommand.class,
            DataSplitCommand.class,
            DataNeighborsCommand.class
        },
        footer = {"", "Example:", "  nla data inspect runs/smollm2-135m/dataset"})
final class DataCommand extends CommandGroup {}
