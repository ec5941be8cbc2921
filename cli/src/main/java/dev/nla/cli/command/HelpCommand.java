package dev.nla.cli.command;

import dev.nla.cli.terminal.CommandGroup;
import dev.nla.cli.terminal.Subcommand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code nla help}: what {@code --help} says, of a command at any depth. Every group has it, so that {@code nla train help sft} is understood
 * as {@code nla help train sft} is; only that of {@code nla} itself is listed.
 */
@Command(name = HelpCommand.NAME, description = "Shows the help of a command.", helpCommand = true)
public final class HelpCommand implements Runnable {
    static final String NAME = "help";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            completionCandidates = Names.class,
            description = "The command as it is called, without nla. Default: the one that help is asked of")
    private List<String> path = new ArrayList<>();

    /** Gives the command to {@code root} and to all groups below it. */
    static void addTo(CommandLine root, Predicate<String> named) {
        add(root, "  nla help train sft", named).usageMessage().hidden(false);
        root.getSubcommands().values().stream()
                .filter(line -> line.getCommand() instanceof CommandGroup)
                .forEach(line -> add(line, example(line), named));
    }

    private static String example(CommandLine group) {
        String first = group.getSubcommands().keySet().iterator().next();
        return "  " + group.getCommandSpec().qualifiedName() + " " + NAME + " " + first;
    }

    private static CommandSpec add(CommandLine group, String example, Predicate<String> named) {
        CommandSpec help = Subcommand.of(HelpCommand.class).spec(named);
        help.usageMessage().footer("", "Example:", example).hidden(true);
        group.addSubcommand(NAME, help);
        return help;
    }

    @Override
    public void run() {
        CommandLine found = spec.commandLine().getParent();
        for (String name : path) {
            CommandLine below = found.getSubcommands().get(name);
            if (below == null) {
                throw new UnmatchedArgumentException(found, List.of(name));
            }
            found = below;
        }
        found.usage(spec.commandLine().getOut());
    }

    /** The commands below {@code nla}, for the completion script. */
    private static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(new Nla().names());
        }
    }
}
