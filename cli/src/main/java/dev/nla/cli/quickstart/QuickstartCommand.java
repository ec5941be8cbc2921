package dev.nla.cli.quickstart;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.eval.report.StagesReport;
import dev.nla.eval.report.StagesTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla quickstart}: all stages on a small model that ships with the project. */
@Command(
        name = "quickstart",
        description = {
            "All stages on a small model that ships with the project, in minutes.",
            "In a made-up world, so that it is known which claims of a description are true. Started again, it goes on "
                    + "where it was interrupted."
        },
        footer = {"", "Example:", "  nla quickstart --output runs/quickstart --seed 1"})
public final class QuickstartCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "runs/quickstart",
            description = "Folder for everything it makes. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = Quickstart.ROWS + "",
            description = "Scenes to make. Fewer take less time and teach less. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of scenes and training. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public void run() {
        Path home = Path.of(System.getProperty("nla.root", ""));
        Quickstart quickstart =
                new Quickstart(home, output, rows, seed, spec.commandLine().getErr());
        StagesReport report = quickstart.run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(StagesTable.text(report));
        out.printf("%nreport: %s%n", quickstart.report());
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
