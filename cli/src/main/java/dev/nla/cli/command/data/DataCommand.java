package dev.nla.cli.command.data;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla data}: makes activation datasets, has texts described, trades and looks at them. */
@Command(
        name = "data",
        description =
                "Makes activation datasets, has their texts described, trades them with other projects, splits them, and looks at them.",
        footer = {"", "Example:", "  nla data inspect runs/smollm2-135m/dataset"})
public final class DataCommand extends CommandGroup {
    /** Holds the commands below {@code nla data}. */
    public DataCommand() {
        super(
                DataExtractCommand.class,
                DataDescribeCommand.class,
                DataRepliesCommand.class,
                DataRepairCommand.class,
                DataImportCommand.class,
                DataExportCommand.class,
                DataInspectCommand.class,
                DataClaimsCommand.class,
                DataScenesCommand.class,
                DataSplitCommand.class,
                DataNeighborsCommand.class);
    }
}
