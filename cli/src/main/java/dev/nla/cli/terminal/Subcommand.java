package dev.nla.cli.terminal;

import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command below a group. It is made when it is called; until then its group's help needs no more of it than this.
 *
 * @param name the word that calls it
 * @param summary what the help of its group says of it
 * @param whole makes the command with its options
 */
public record Subcommand(String name, String summary, Supplier<CommandSpec> whole) {
    /** The command that a class is, which says its name and what it does by its annotation. */
    public static Subcommand of(Class<?> type) {
        Command said = type.getAnnotation(Command.class);
        return new Subcommand(said.name(), said.description()[0], () -> CommandSpec.forAnnotatedObject(type));
    }

    /** The command, or where its name is not among those that may be called, what its group lists of it: the name and the summary alone. */
    public CommandSpec spec(Predicate<String> named) {
        return named.test(name) ? whole.get() : listed();
    }

    private CommandSpec listed() {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(summary);
        return spec;
    }
}
