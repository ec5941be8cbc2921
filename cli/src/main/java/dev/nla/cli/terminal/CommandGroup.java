package dev.nla.cli.terminal;

import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others: called without one of them it says which there are. */
public abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public final void run() {
        Set<String> names = spec.subcommands().keySet();
        throw new ParameterException(spec.commandLine(), "a command is missing, one of " + String.join(", ", names));
    }
}
