package dev.nla.cli.quickstart;

import dev.nla.cli.terminal.Version;
import dev.nla.cli.terminal.WorkDisplay;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.VerbalizerDescriber;
import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.RoundTripEvaluation;
import dev.nla.eval.render.GapReportJson;
import dev.nla.eval.report.EvaluatedStage;
import dev.nla.eval.report.ReportPage;
import dev.nla.eval.report.StagesReport;
import dev.nla.eval.report.part.Sample;
import dev.nla.eval.report.plot.Curve;
import dev.nla.eval.report.plot.CurveFile;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.rows.NearestRows;
import dev.nla.eval.rows.RowChoice;
import dev.nla.eval.rows.Scoring;
import dev.nla.eval.truth.ClaimReader;
import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.FactVocabulary;
import dev.nla.eval.truth.MarkedDescription;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.generation.Sampling;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the teacher and every stage on the test rows, which no stage has seen. */
record QuickstartEvaluation(Path model, QuickstartFolder folder, long seed, PrintWriter err, String title) {
    private static final String TEACHER = "teacher";
    private static final int LONGEST = 64;

    StagesReport of(String reconstructor, List<String> verbalizers) {
        Map<String, GapReport> reports = new LinkedHashMap<>();
        Map<String, List<String>> written = new LinkedHashMap<>();
        try (ActivationDataset data = ActivationDataset.open(folder.dataset());
                Tokenizer tokenizer = Tokenizer.open(model);
                Decoder decoder = Decoder.load(model, ComputeType.FLOAT32);
                WorkDisplay display = new WorkDisplay(err, title)) {
            ReconstructorFolder critic = ReconstructorFolder.read(folder.adapter(reconstructor), decoder, tokenizer);
            EvaluatedRows evaluated = EvaluatedRows.of(
                    data,
                    RowChoice.first(data, Split.TEST, 0),
                    NearestRows.exact(() -> TorchRuntime.newManager(TorchRuntime.defaultDevice())),
                    seed);
            List<Row> rows = evaluated.rows();
            Map<String, List<String>> taught = new LinkedHashMap<>();
            rows.forEach(row -> taught.put(row.id(), List.of(row.description())));
            reports.put(
                    TEACHER,
                    evaluation(TEACHER, evaluated, critic, display).given(new DescriptionsFile(taught), Map.of()));
            written.put(TEACHER, rows.stream().map(Row::description).toList());
            for (String stage : verbalizers) {
                RoundTripEvaluation.Result result =
                        generated(evaluation(stage, evaluated, critic, display), stage, decoder, tokenizer);
                reports.put(stage, result.report());
                written.put(
                        stage,
                        result.descriptions().stream()
                                .map(group -> group.get(0).text())
                                .toList());
            }
            reports.forEach(
                    (stage, report) -> AtomicFiles.write(folder.evaluation(stage), new GapReportJson().text(report)));
            return new StagesReport(
                    "nla quickstart, seed " + seed,
                    reports.entrySet().stream()
                            .map(entry -> new EvaluatedStage(entry.getKey(), entry.getValue()))
                            .toList(),
                    curves(reconstructor, verbalizers),
                    samples(data, rows, written),
                    provenance(decoder));
        }
    }

    private RoundTripEvaluation evaluation(
            String stage, EvaluatedRows rows, ReconstructorFolder critic, WorkDisplay display) {
        Scoring scoring = new Scoring(
                rows,
                new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, seed),
                (work, done, total) -> display.show(stage + " " + work, done, total));
        return new RoundTripEvaluation(scoring, critic.reconstructor(), Workers.here(), false);
    }

    private RoundTripEvaluation.Result generated(
            RoundTripEvaluation evaluation, String stage, Decoder decoder, Tokenizer tokenizer) {
        VerbalizerFolder adapter = VerbalizerFolder.read(folder.adapter(stage), decoder, tokenizer);
        Describer describer = VerbalizerDescriber.of(adapter, Sampling.greedy(LONGEST), 1);
        return evaluation.generated(describer, KeptDescriptions.inMemory(), Map.of());
    }

    private List<Curve> curves(String reconstructor, List<String> verbalizers) {
        List<Curve> curves =
                new ArrayList<>(CurveFile.read(reconstructor, folder.run(reconstructor), CurveFile.TELLING));
        verbalizers.forEach(stage -> curves.addAll(CurveFile.read(stage, folder.run(stage), CurveFile.TELLING)));
        return curves;
    }

    private static List<Sample> samples(ActivationDataset data, List<Row> rows, Map<String, List<String>> written) {
        ClaimReader reader = new ClaimReader(FactVocabulary.of(data.rows()));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < Math.min(ReportPage.MOST_SAMPLES, rows.size()); i++) {
            List<Fact> facts = Fact.of(rows.get(i).facts());
            Map<String, MarkedDescription> marked = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> stage : written.entrySet()) {
                marked.put(stage.getKey(), reader.read(facts, stage.getValue().get(i)));
            }
            samples.add(new Sample(rows.get(i).text(), facts, marked));
        }
        return samples;
    }

    private Map<String, String> provenance(Decoder decoder) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("nla", Version.number());
        values.put("seed", String.valueOf(seed));
        values.put("model", model.getFileName().toString());
        values.put("compute_dtype", decoder.computeType().text());
        values.put("torch", TorchRuntime.version());
        values.put("torch_threads", String.valueOf(TorchRuntime.threads()));
        values.put("java", System.getProperty("java.version"));
        values.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return values;
    }
}
