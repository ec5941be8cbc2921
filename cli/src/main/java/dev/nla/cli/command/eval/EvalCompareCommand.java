package dev.nla.cli.command.eval;

import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.render.ComparisonTable;
import dev.nla.eval.render.Csv;
import dev.nla.eval.render.Grid;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.comparison.Comparison;
import dev.nla.model.files.AtomicFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla eval compare}: whether one verbalizer is better than another on the same rows. */
@Command(
        name = "compare",
        description = "Compares two suites row by row: paired differences, intervals over documents, p-values.",
        footer = {"", "Example:", "  nla eval compare runs/smollm2-135m/suite-hardneg runs/smollm2-135m/suite-sft"})
public final class EvalCompareCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "Folder made by nla eval suite.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one, over the same rows.")
    private Path second;

    @Mixin
    private ResampleOptions resamples;

    @Option(names = "--csv", paramLabel = "F", description = "Also write the table.")
    private Optional<Path> csv = Optional.empty();

    @Override
    public void run() {
        MetricRegistry metrics = MetricRegistry.installed();
        Comparison comparison = Comparison.of(
                FinishedSuite.scores(first, metrics), FinishedSuite.scores(second, metrics), resamples.bootstrap());
        csv.ifPresent(file -> AtomicFiles.write(file, Csv.text(ComparisonTable.of(comparison))));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "first: %s%nsecond: %s%n%d rows of %d documents%n%n",
                first, second, comparison.rows(), comparison.documents());
        comparison.lines().stream().map(Comparison.Line::critic).distinct().forEach(critic -> {
            out.printf("under the critic %s%n%n", critic);
            out.println(Grid.text(ComparisonTable.of(comparison, critic)));
        });
        if (!comparison.truth().isEmpty()) {
            out.print(Grid.text(ComparisonTable.truth(comparison)));
            out.println();
        }
        comparison.notes().forEach(out::println);
        comparison.verdicts(first.toString(), second.toString()).forEach(out::println);
    }
}
