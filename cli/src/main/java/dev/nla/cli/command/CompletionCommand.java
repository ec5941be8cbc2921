package dev.nla.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla generate-completion}: what picocli knows of the commands, and the words that options and settings can be. */
@Command(
        name = CompletionCommand.NAME,
        description = {
            "Generates a completion script of bash and zsh for nla.",
            "It completes commands, options, their values, and the settings of training runs (key=value). Where it knows "
                    + "nothing, the shell completes files."
        },
        footer = {"", "Example:", "  source <(nla generate-completion)"})
public final class CompletionCommand implements Runnable {
    /** The word that calls it; it needs all commands to be made. */
    public static final String NAME = "generate-completion";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash(root.getCommandName(), root) + "\n" + WordCompletion.bash(root));
    }
}
