package dev.nla.eval.suite;

import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.TextLoss;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Statistic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verbalizer's loss, in nats a token, on the rows' own descriptions, given each row's activation, another row's, the mean, and zeros. */
final class LossFigures {
    /** What the loss is beside, as a metric: how much it rises when the row's own activation is taken away. */
    static final String RISE = "rise";

    private static final String LOSS = "loss";

    private LossFigures() {}

    static List<Figure> of(Describer describer, EvaluatedRows rows, DocumentDraws draws, EvaluationProgress progress) {
        List<String> descriptions = rows.descriptions();
        Map<String, float[][]> vectors = new LinkedHashMap<>();
        vectors.put("real", rows.activations());
        vectors.put("shuffled", rotated(rows.activations()));
        vectors.put("mean", everywhere(rows.mean(), rows.size()));
        vectors.put("zero", everywhere(new float[rows.mean().length], rows.size()));
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        vectors.forEach((name, given) -> {
            int before = statistics.size() * rows.size();
            int total = vectors.size() * rows.size();
            TextLoss loss = describer.loss(descriptions, given, done -> progress.at("loss", before + done, total));
            statistics.put(name, Statistic.ratio(loss.nats(), loss.tokens()));
        });
        Map<String, Statistic> all = new LinkedHashMap<>(statistics);
        statistics.keySet().stream()
                .skip(1)
                .forEach(name ->
                        all.put(name + " " + RISE, Statistic.difference(statistics.get(name), statistics.get("real"))));
        return draws.all(all).entrySet().stream()
                .map(entry -> {
                    String[] name = entry.getKey().split(" ");
                    return Figure.of(
                            Figure.Section.LOSS,
                            "",
                            name[0],
                            name.length == 1 ? LOSS : RISE,
                            entry.getValue().value(),
                            entry.getValue().ci95());
                })
                .toList();
    }

    private static float[][] rotated(float[][] vectors) {
        float[][] out = new float[vectors.length][];
        int by = Math.max(1, vectors.length / 2);
        Arrays.setAll(out, i -> vectors[(i + by) % vectors.length]);
        return out;
    }

    private static float[][] everywhere(float[] vector, int rows) {
        float[][] out = new float[rows][];
        Arrays.fill(out, vector);
        return out;
    }
}
