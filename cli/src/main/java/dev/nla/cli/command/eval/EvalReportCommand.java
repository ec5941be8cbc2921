package dev.nla.cli.command.eval;

import dev.nla.cli.option.NamedFolder;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Version;
import dev.nla.data.digest.Sha256;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.render.CardMarkdown;
import dev.nla.eval.report.ReportPage;
import dev.nla.eval.report.SuitesReport;
import dev.nla.eval.report.plot.Curve;
import dev.nla.eval.report.plot.CurveFile;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ModelCard;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.stats.DocumentBootstrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla eval report}: finished suites side by side on one page. */
@Command(
        name = "report",
        description = {
            "Shows finished suites side by side on one HTML page that needs no network.",
            "Warnings, scores, verdicts, training curves, failures and samples."
        },
        footer = {
            "",
            "Example:",
            "  nla eval report sft=runs/smollm2-135m/suite-sft \\",
            "    hardneg=runs/smollm2-135m/suite-hardneg --run runs/smollm2-135m/sft \\",
            "    --run runs/smollm2-135m/hardneg --output runs/smollm2-135m/report.html"
        })
public final class EvalReportCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SUITE",
            description = "Folders made by nla eval suite, in the order of training: DIR, or name=DIR.")
    private List<String> suites;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "A training run whose curves are shown: DIR, or name=DIR. May be given several times.")
    private List<String> runs = List.of();

    @Option(
            names = "--card",
            paramLabel = "ADAPTER",
            description =
                    "An adapter that a suite was run with, whose model card is given the figures. May be given several times.")
    private List<Path> cards = List.of();

    @Option(names = "--output", paramLabel = "F.html", required = true, description = "Page to write.")
    private Path output;

    @Mixin
    private ResampleOptions resamples;

    @Override
    public void run() {
        DocumentBootstrap bootstrap = resamples.bootstrap();
        if (Files.isDirectory(output)) {
            throw InputException.usage("--output %s is a folder: give a file such as %1$s/report.html", output);
        }
        List<NamedFolder> stages = NamedFolder.all(suites, "one made by nla eval suite");
        List<NamedFolder> trained = NamedFolder.all(runs, "one made by nla train");
        MetricRegistry metrics = MetricRegistry.installed();
        List<FinishedSuite> suites = stages.stream()
                .map(stage -> FinishedSuite.read(stage.name(), stage.folder(), metrics))
                .toList();
        SuitesReport report =
                SuitesReport.of(suites, metrics, curves(trained), bootstrap, provenance(stages, trained, bootstrap));
        Map<Path, String> figures = new LinkedHashMap<>();
        cards.forEach(adapter -> figures.put(
                adapter, CardMarkdown.text(adapter, Sha256.of(adapter.resolve(PeftFolder.WEIGHTS)), suites, metrics)));
        ReportPage.write(output, report);
        figures.forEach(ModelCard::evaluated);
        spec.commandLine().getOut().printf("%s: %d stages, %d warnings%n", output, stages.size(), report.warnings());
    }

    private static List<Curve> curves(List<NamedFolder> trained) {
        List<Curve> curves = new ArrayList<>();
        for (NamedFolder run : trained) {
            if (!Files.isRegularFile(run.folder().resolve(CurveFile.NAME))) {
                throw InputException.data(
                        "--run %s holds no %s: give a folder made by nla train", run.folder(), CurveFile.NAME);
            }
            curves.addAll(CurveFile.read(run.name(), run.folder(), CurveFile.TELLING));
        }
        return curves;
    }

    private Map<String, String> provenance(
            List<NamedFolder> stages, List<NamedFolder> trained, DocumentBootstrap bootstrap) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("nla", Version.number());
        stages.forEach(
                stage -> values.put("suite " + stage.name(), stage.folder().toString()));
        trained.forEach(run -> values.put("run " + run.name(), run.folder().toString()));
        values.put("resamples of differences and kinds", String.valueOf(bootstrap.resamples()));
        values.put("seed of the resamples", String.valueOf(bootstrap.seed()));
        return values;
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
