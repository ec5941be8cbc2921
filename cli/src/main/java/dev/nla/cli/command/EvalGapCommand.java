package dev.nla.cli.command;

import dev.nla.eval.gap.GapEvaluation;
import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.NearestRows;
import dev.nla.eval.gap.ReconstructionsEvaluation;
import dev.nla.eval.render.GapReportJson;
import dev.nla.eval.render.GapReportTable;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla eval gap}: how much nearer reconstructions are to their own activations than to the hardest of their neighbours. */
@Command(
        name = "gap",
        description = "Scores reconstructions against their own activations and the nearest other ones.",
        footer = {"", "Example:", "  nla eval gap --reconstructions fixtures/gap/gap.safetensors --json gap.json"})
final class EvalGapCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--reconstructions",
            required = true,
            paramLabel = "F.safetensors",
            description = "Score given vectors: activations [N, d] and reconstructions [N, G, d].")
    private Path reconstructions;

    @Option(names = "--json", paramLabel = "F", description = "Also write everything as JSON.")
    private Optional<Path> json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of drawn negatives, intervals and controls. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public void run() {
        NearestRows nearest = NearestRows.exact(() -> TorchRuntime.newManager(TorchRuntime.defaultDevice()));
        GapReport report = new ReconstructionsEvaluation(GapEvaluation.seeded(seed), nearest).evaluate(reconstructions);
        json.ifPresent(file -> AtomicFiles.write(file, new GapReportJson().text(report)));
        spec.commandLine().getOut().print(new GapReportTable().text(report));
    }
}
