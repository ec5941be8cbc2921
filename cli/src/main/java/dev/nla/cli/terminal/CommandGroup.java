package dev.nla.cli.terminal;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others: called without one of them it says which there are. */
public abstract class CommandGroup implements Runnable {
    private final List<Subcommand> subcommands;

    @Spec
    private CommandSpec spec;

    private Program program = words -> {
        throw new IllegalStateException("no program runs " + String.join(" ", words));
    };

    /** A group of commands, in the order of its help. */
    protected CommandGroup(List<Subcommand> subcommands) {
        this.subcommands = List.copyOf(subcommands);
    }

    /** A group of the commands that classes are, in the order of its help. */
    protected CommandGroup(Class<?>... types) {
        this(Stream.of(types).map(Subcommand::of).toList());
    }

    /** What runs the commands of the whole program, at its root. */
    public final Program program() {
        return program;
    }

    /** Says what runs the commands of the whole program. */
    public final void runBy(Program whole) {
        program = whole;
    }

    /** The names of the commands, in the order of the group's help. */
    public final List<String> names() {
        return subcommands.stream().map(Subcommand::name).toList();
    }

    /**
     * This group with the commands below it. Most of a start would go into commands that nobody called, so of these it holds the name and the
     * line of help alone.
     *
     * @param named says of a command's name whether it may be called
     */
    public final CommandLine tree(Predicate<String> named) {
        return grown(new CommandLine(this), named);
    }

    private static CommandLine grown(CommandLine line, Predicate<String> named) {
        if (line.getCommand() instanceof CommandGroup group) {
            for (Subcommand below : group.subcommands) {
                line.addSubcommand(below.name(), grown(new CommandLine(below.spec(named)), named));
            }
        }
        return line;
    }

    @Override
    public final void run() {
        Set<String> names = spec.subcommands().keySet();
        throw new ParameterException(spec.commandLine(), "a command is missing, one of " + String.join(", ", names));
    }
}
