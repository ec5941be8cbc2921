package dev.nla.cli.command;

import dev.nla.cli.command.adapter.AdapterCommand;
import dev.nla.cli.command.bench.BenchCommand;
import dev.nla.cli.command.config.ConfigCommand;
import dev.nla.cli.command.data.DataCommand;
import dev.nla.cli.command.describe.DescribeCommand;
import dev.nla.cli.command.eval.EvalCommand;
import dev.nla.cli.command.model.ModelCommand;
import dev.nla.cli.command.serve.NamedAdapter;
import dev.nla.cli.command.serve.ServeCommand;
import dev.nla.cli.command.train.TrainCommand;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.Hub;
import dev.nla.cli.quickstart.QuickstartCommand;
import dev.nla.cli.recipe.RecipeCommand;
import dev.nla.cli.terminal.CommandGroup;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command: holds the others. */
@Command(
        name = "nla",
        description = "Natural language autoencoders: a language model's activations into words, and back.",
        footer = {"", "Example:", "  nla env"})
public final class Nla extends CommandGroup {
    /** Holds all commands. */
    public Nla() {
        super(
                QuickstartCommand.class,
                RecipeCommand.class,
                PullCommand.class,
                DataCommand.class,
                TrainCommand.class,
                EvalCommand.class,
                DescribeCommand.class,
                ServeCommand.class,
                ModelCommand.class,
                AdapterCommand.class,
                ConfigCommand.class,
                BenchCommand.class,
                EnvCommand.class,
                CompletionCommand.class);
    }

    /**
     * The command line of a new command tree, which reads repositories of the hub that the environment names, too.
     *
     * @param named says of a command's name whether it may be called
     */
    public static CommandLine commandLine(Predicate<String> named) {
        CommandLine line = new Nla().tree(named);
        HelpCommand.addTo(line, named);
        EveryCommand.addTo(line);
        Hub hub = new Hub(System.getenv(), line::getErr);
        return line.registerConverter(FolderOrRepo.class, given -> new FolderOrRepo(given, hub))
                .registerConverter(NamedAdapter.class, given -> NamedAdapter.parse(given, hub));
    }
}
