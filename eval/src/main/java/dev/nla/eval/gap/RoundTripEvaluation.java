package dev.nla.eval.gap;

import dev.nla.data.text.DescriptionsFile;
import dev.nla.eval.describe.Critic;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.ReconstructorReader;
import dev.nla.eval.describe.TextReader;
import dev.nla.eval.describe.Writer;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.rows.Scoring;
import dev.nla.model.gap.BestOf;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.stats.Documents;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gap of descriptions on rows of a dataset: what the suite measures, of the verbalizer's own words alone. Where rows have facts or
 * descriptions, what is written is held against them too.
 *
 * @param scoring the rows, resamples, seed, and who hears how far it is
 * @param reconstructor the critic, of the dataset's layer
 * @param workers have it read descriptions
 * @param control whether the rows' own descriptions go through the critic too, where all rows have one
 */
public record RoundTripEvaluation(Scoring scoring, Reconstructor reconstructor, Workers workers, boolean control) {
    /**
     * What was evaluated.
     *
     * @param report gap, controls and provenance
     * @param rows what was described
     * @param descriptions each row's descriptions
     * @param best of each row's, the index of the one to learn from
     */
    public record Result(GapReport report, EvaluatedRows rows, List<List<Description>> descriptions, int[] best) {}

    /**
     * Describes rows and evaluates what was written; descriptions that can't be parsed are scored as they stand, and counted.
     *
     * @param kept has the descriptions of an earlier run, and is given the others
     */
    public Result generated(Describer describer, KeptDescriptions kept, Map<String, Object> provenance) {
        List<List<Description>> written = scoring.writer(describer, kept)
                .describe("describe", scoring.rows().activations());
        List<List<String>> texts = Writer.texts(written);
        ScoredRows scores = scored("descriptions", texts);
        GapReport report = report(texts, scores, Map.of("completions", completions(written)), provenance);
        return new Result(report, scoring.rows(), written, BestOf.NEAREST_AND_APART.of(scores));
    }

    /**
     * Evaluates given descriptions.
     *
     * @param file describes the rows, in their order, in words that fit: see {@link #requireFit}
     */
    public GapReport given(DescriptionsFile file, Map<String, Object> provenance) {
        List<List<String>> texts = List.copyOf(file.byId().values());
        return report(texts, scored("descriptions", texts), Map.of(), provenance);
    }

    /**
     * Checks that a reconstructor can read given descriptions.
     *
     * @throws dev.nla.model.InputException where one is longer than the model's context, which names the row
     */
    public static void requireFit(DescriptionsFile file, Reconstructor reconstructor) {
        file.byId()
                .forEach((id, descriptions) ->
                        descriptions.forEach(text -> reconstructor.requireFits("the description of row " + id, text)));
    }

    /** Read by themselves, so that what one kind of descriptions gets does not depend on the others. */
    private ScoredRows scored(String what, List<List<String>> texts) {
        TextReader reader = new ReconstructorReader(reconstructor, workers);
        return scoring.score(new Critic(what, reader, scoring.progress()), texts);
    }

    private GapReport report(
            List<List<String>> texts, ScoredRows scores, Map<String, Object> controls, Map<String, Object> provenance) {
        GapEvaluation evaluation = new GapEvaluation(scoring.bootstrap());
        Documents documents = scoring.rows().documents();
        Map<String, Object> all = new LinkedHashMap<>(controls);
        if (control && scoring.rows().descriptions().stream().noneMatch(String::isEmpty)) {
            List<List<String>> own = own();
            all.put(
                    "true_descriptions",
                    TrueDescriptions.control(
                            evaluation.gaps(scored("own descriptions", own), documents), scoring.truth(own)));
        }
        return evaluation.evaluate(scores, documents, all, provenance).with(scoring.truth(texts));
    }

    private List<List<String>> own() {
        EvaluatedRows rows = scoring.rows();
        rows.rows()
                .forEach(row -> reconstructor.requireFits(
                        "%s: the own description of row %s"
                                .formatted(rows.data().folder(), row.id()),
                        row.description()));
        return rows.descriptions().stream().map(List::of).toList();
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
}
