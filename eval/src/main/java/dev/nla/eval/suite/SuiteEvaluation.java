package dev.nla.eval.suite;

import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.eval.describe.Condition;
import dev.nla.eval.describe.Critic;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.TextReader;
import dev.nla.eval.describe.Writer;
import dev.nla.eval.metric.RowScores;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.rows.Scoring;
import dev.nla.eval.text.CollapseMeters;
import dev.nla.eval.text.Written;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.model.gap.BestOf;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.SignFlip;
import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything that is measured of a verbalizer: its own descriptions and those of the controls, under the critic it was trained with and,
 * where there is one, under an independent one.
 *
 * @param settings what is asked for
 * @param scoring the rows, resamples, seed, and who hears how far it is
 * @param source of the activations of another block
 * @param prompts the way the rows' texts were put before the model
 * @param search finds the nearest train rows
 */
public record SuiteEvaluation(
        SuiteSettings settings,
        Scoring scoring,
        ActivationSource source,
        PromptEncoder prompts,
        NeighborSearch search) {
    /**
     * What was evaluated.
     *
     * @param written the verbalizer's descriptions, [N][G]
     * @param scores of every row by critic and condition
     * @param truth what these descriptions state and claim, by measure, [N] each
     */
    public record Result(
            SuiteReport report,
            List<List<Description>> written,
            Map<String, Map<Condition, RowScores>> scores,
            Map<TruthMeasure, List<TruthCounts>> truth) {}

    /**
     * Runs everything.
     *
     * @param critics by name, that of training first, then an independent one
     * @param kept has the descriptions of an earlier run, and is given the others
     */
    public Result run(
            Describer describer,
            Map<String, TextReader> critics,
            Map<String, Object> provenance,
            KeptDescriptions kept) {
        Writer writer = scoring.writer(describer, kept);
        List<List<Description>> written = writer.describe("describe", rows().activations());
        List<Critic> readers = critics.entrySet().stream()
                .map(entry -> new Critic(entry.getKey(), entry.getValue(), scoring.progress()))
                .toList();
        Conditions conditions = conditions(describer, writer, written, readers.get(0));
        DocumentDraws draws = scoring.bootstrap().of(rows().documents());
        Map<String, Map<Condition, RowScores>> scores = new LinkedHashMap<>();
        readers.forEach(critic -> scores.put(critic.name(), scored(critic, conditions)));
        List<Figure> figures = new ArrayList<>(scoreFigures(scores, draws));
        figures.addAll(CeilingFigures.of(rows(), draws));
        figures.addAll(TruthFigures.of(scoring, conditions));
        if (rows().descriptions().stream().noneMatch(String::isEmpty)) {
            figures.addAll(LossFigures.of(describer, rows(), draws, scoring.progress()));
        } else {
            conditions.omitted().put("loss", "not every row has a description");
        }
        figures.addAll(meters(written, describer.marker()));
        SuiteReport report = new SuiteReport(
                rows().size(),
                draws.documents().count(),
                describer.samples(),
                seed(),
                List.copyOf(scores.keySet()),
                figures,
                conditions.omitted(),
                List.of(),
                provenance);
        return new Result(
                report.with(Warnings.of(report, draws.trusted())),
                written,
                scores,
                scoring.counts(Writer.texts(written)));
    }

    private EvaluatedRows rows() {
        return scoring.rows();
    }

    private long seed() {
        return scoring.bootstrap().seed();
    }

    private Conditions conditions(Describer describer, Writer writer, List<List<Description>> written, Critic first) {
        Conditions conditions = new Conditions(settings, rows(), seed());
        conditions.written(written);
        conditions.fromRows(search);
        conditions.fromOtherVectors(writer);
        conditions.fromWrongLayer(writer, source, prompts);
        if (describer.samples() > 1) {
            conditions.offer(Condition.BEST_OF_N, () -> best(first, Writer.texts(written)));
        }
        return conditions;
    }

    private Map<Condition, RowScores> scored(Critic critic, Conditions conditions) {
        Map<Condition, RowScores> scores = new EnumMap<>(Condition.class);
        scoring.score(critic, conditions.texts()).forEach((condition, rows) -> {
            RowScores each = RowScores.of(rows, settings.metrics());
            settings.metrics().all().stream()
                    .filter(metric -> each.of(metric).isEmpty())
                    .forEach(metric -> conditions
                            .omitted()
                            .putIfAbsent(
                                    metric.key(),
                                    "some rows have no value of it, such as those of " + condition.key()));
            scores.put(condition, each);
        });
        return scores;
    }

    private List<Figure> scoreFigures(Map<String, Map<Condition, RowScores>> scores, DocumentDraws draws) {
        ScoreFigures figures = new ScoreFigures(
                settings.metrics(), draws, new SignFlip(scoring.bootstrap().resamples(), seed()));
        scores.forEach((critic, ofCritic) -> ofCritic.forEach((c, each) -> figures.scores(critic, c, each)));
        scores.forEach(figures::leads);
        scores.forEach(figures::retention);
        if (scores.size() > 1) {
            List<Map<Condition, RowScores>> two = List.copyOf(scores.values());
            figures.collusion(two.get(0), two.get(1));
        }
        return figures.all();
    }

    /** Of each row's descriptions the one that the critic brings nearest to the activation. */
    private List<List<String>> best(Critic critic, List<List<String>> texts) {
        int[] best = BestOf.NEAREST.of(scoring.score(critic, texts));
        return IntStream.range(0, best.length)
                .mapToObj(row -> List.of(texts.get(row).get(best[row])))
                .toList();
    }

    private List<Figure> meters(List<List<Description>> written, String marker) {
        List<List<Written>> texts = written.stream()
                .map(group -> group.stream().map(Written::of).toList())
                .toList();
        return new CollapseMeters(marker, seed())
                .measure(texts).values().entrySet().stream()
                        .map(value -> Figure.plain(
                                Figure.Section.TEXT, "", Condition.REAL.key(), value.getKey(), value.getValue()))
                        .toList();
    }
}
