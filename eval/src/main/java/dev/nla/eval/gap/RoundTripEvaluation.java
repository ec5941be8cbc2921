package dev.nla.eval.gap;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.eval.describe.Critic;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.Writer;
import dev.nla.eval.stats.DocumentBootstrap;
import dev.nla.eval.truth.TruthMetrics;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeSets;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.verbalizer.Description;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gap of descriptions on rows of a dataset: each description goes through the reconstructor, and its vector is compared with its own
 * activation and with the row's neighbours among the evaluated rows. The mean of the train split is the centre. Where rows have facts, the
 * descriptions are held against them too.
 *
 * @param evaluation resamples and seed
 * @param nearest finds neighbours
 * @param data the dataset
 * @param reconstructor the critic, of the dataset's layer
 * @param control whether the rows' own descriptions go through the critic too, where all rows have one
 * @param progress hears how far describing and scoring are
 */
public record RoundTripEvaluation(
        GapEvaluation evaluation,
        NearestRows nearest,
        ActivationDataset data,
        Reconstructor reconstructor,
        boolean control,
        EvaluationProgress progress) {
    /**
     * What was evaluated.
     *
     * @param report gap, controls and provenance
     * @param rows dataset rows in order
     * @param descriptions each row's descriptions
     * @param best of each row's, the index of the one that brings the critic nearest and leaves the neighbours furthest behind
     */
    public record Result(GapReport report, int[] rows, List<List<Description>> descriptions, int[] best) {}

    /**
     * Describes rows and evaluates what was written; descriptions that can't be parsed are scored as they stand, and counted.
     *
     * @param rows of the dataset, see {@link EvaluatedRows}
     * @param kept has the descriptions of an earlier run, and is given the others
     */
    public Result generated(Describer describer, int[] rows, KeptDescriptions kept, Map<String, Object> provenance) {
        Writer writer = new Writer(describer, evaluation.bootstrap().seed(), kept, progress);
        List<List<Description>> written = writer.describe("describe", activations(rows));
        List<List<String>> texts = EvaluatedRows.texts(written);
        Map<String, Object> controls = new LinkedHashMap<>();
        controls.put("completions", completions(written));
        GapInputs inputs = inputs(rows, texts);
        Map<Form, NegativeSets> negatives = negatives(inputs);
        GapReport report = evaluate(rows, texts, inputs, negatives, controls, provenance);
        return new Result(report, rows, written, BestDescriptions.of(inputs, negatives.get(Form.CENTERED)));
    }

    /**
     * Evaluates given descriptions.
     *
     * @param rows of the dataset, one for each row of the file, see {@link EvaluatedRows#named}
     */
    public GapReport given(DescriptionsFile file, int[] rows, Map<String, Object> provenance) {
        file.byId()
                .forEach((id, descriptions) ->
                        descriptions.forEach(text -> reconstructor.requireFits("the description of row " + id, text)));
        List<List<String>> texts = List.copyOf(file.byId().values());
        GapInputs inputs = inputs(rows, texts);
        return evaluate(rows, texts, inputs, negatives(inputs), Map.of(), provenance);
    }

    private GapInputs inputs(int[] rows, List<List<String>> texts) {
        return new GapInputs(activations(rows), reconstructions("descriptions", texts), data.mean(Split.TRAIN));
    }

    private Map<Form, NegativeSets> negatives(GapInputs inputs) {
        Map<Form, NegativeSets> negatives = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            negatives.put(
                    form,
                    NegativeSets.draw(
                            nearest.of(inputs, form), evaluation.bootstrap().seed()));
        }
        return negatives;
    }

    private GapReport evaluate(
            int[] rows,
            List<List<String>> texts,
            GapInputs inputs,
            Map<Form, NegativeSets> negatives,
            Map<String, Object> controls,
            Map<String, Object> provenance) {
        TruthMetrics metrics = TruthMetrics.of(
                data.rows(),
                new DocumentBootstrap(
                        evaluation.bootstrap().resamples(),
                        evaluation.bootstrap().seed()));
        List<Row> evaluated = Arrays.stream(rows).mapToObj(data::row).toList();
        Map<String, Object> all = new LinkedHashMap<>(controls);
        if (control && evaluated.stream().noneMatch(row -> row.description().isBlank())) {
            evaluated.forEach(row -> reconstructor.requireFits(
                    "%s: the own description of row %s".formatted(data.folder(), row.id()), row.description()));
            List<List<String>> own = evaluated.stream()
                    .map(row -> List.of(row.description().strip()))
                    .toList();
            GapInputs imitated =
                    new GapInputs(inputs.activations(), reconstructions("own descriptions", own), inputs.mean());
            all.put(
                    "true_descriptions",
                    TrueDescriptions.control(
                            imitated, negatives, evaluation.bootstrap(), metrics.measure(evaluated, own)));
        }
        return evaluation.evaluate(inputs, negatives, all, provenance).with(metrics.measure(evaluated, texts));
    }

    private static Map<String, Object> completions(List<List<Description>> written) {
        List<Description> all = written.stream().flatMap(List::stream).toList();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "unparseable_ratio", share(all.stream().filter(d -> !d.parsed()).count(), all.size()));
        values.put(
                "distinct_ratio",
                share(all.stream().map(Description::text).distinct().count(), all.size()));
        values.put(
                "mean_length",
                all.stream()
                        .mapToInt(d -> d.completion().tokens().length)
                        .average()
                        .orElseThrow());
        return values;
    }

    private static double share(long part, int whole) {
        return (double) part / whole;
    }

    private float[][][] reconstructions(String what, List<List<String>> texts) {
        return new Critic(what, reconstructor::reconstruct, progress).reconstruct(texts);
    }

    private float[][] activations(int[] rows) {
        return Arrays.stream(rows).mapToObj(data::activation).toArray(float[][]::new);
    }
}
