package dev.nla.cli.command;

import dev.nla.cli.terminal.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command takes, and how every group writes the place of its commands. */
final class EveryCommand {
    private EveryCommand() {}

    /** Gives the flags to {@code line} and all below it that can be called. */
    static void addTo(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.userObject() == null) {
            return; // only listed
        }
        spec.addOption(OptionSpec.builder("--stacktrace")
                .type(boolean.class)
                .description("On failure, show where it happened.")
                .build());
        spec.mixinStandardHelpOptions(true).versionProvider(new Version());
        spec.usageMessage().synopsisSubcommandLabel("COMMAND");
        line.getSubcommands().values().forEach(EveryCommand::addTo);
    }
}
