package dev.nla.train.heldout;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.Activations;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.NegativeSets;
import dev.nla.model.gap.ScoredRows;
import dev.nla.train.session.TrainingData;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The gap over a run's held-out rows, each against its neighbours among them; the negatives are the same at every evaluation. */
public final class HeldOutGap {
    private static final long NEGATIVES_SEED = 0;

    private final float[][] activations;
    private final float[] mean;
    private final Map<Form, NegativeSets> negatives = new EnumMap<>(Form.class);

    /**
     * Finds the neighbours.
     *
     * @param manager where they are searched
     */
    public HeldOutGap(TrainingData data, NDManager manager) {
        activations = data.activations(data.heldOutRows());
        mean = data.mean();
        if (activations.length <= NegativeRule.NEIGHBOURS) {
            throw InputException.data(
                    "%s: %d validation rows to evaluate on, but the gap compares each with %d others: raise max_eval_rows or add rows",
                    data.folder(), activations.length, NegativeRule.NEIGHBOURS);
        }
        NeighborSearch search = new NeighborSearch(manager);
        for (Form form : Form.values()) {
            Optional<float[]> center = form == Form.CENTERED ? Optional.of(mean) : Optional.empty();
            int[][] nearest = search.nearest(Activations.of(activations), NegativeRule.NEIGHBOURS, center)
                    .nearest();
            negatives.put(form, NegativeSets.draw(nearest, NEGATIVES_SEED));
        }
    }

    /**
     * Metrics of one reconstruction a held-out row, {@code [n][d]}: for both forms the gap, its accuracy and the mean cosine with the own
     * activation, then fractions of variance explained. All NaN where a reconstruction is not finite, as after a training that diverged.
     */
    public Map<String, Double> measure(float[][] reconstructions) {
        if (!finite(reconstructions)) {
            Map<String, Double> undefined = measure(activations);
            undefined.replaceAll((name, value) -> Double.NaN);
            return undefined;
        }
        float[][][] single = Arrays.stream(reconstructions)
                .map(vector -> new float[][] {vector})
                .toArray(float[][][]::new);
        ScoredRows rows = new ScoredRows(new GapInputs(activations, single, mean), negatives);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            GapScores scores = rows.gap(form, NegativeRule.THREE_OF_TWENTY);
            metrics.put("gap/" + form.key(), scores.mean(scores::gap));
            metrics.put("gap/" + form.key() + "_accuracy", scores.mean(scores::wins));
            metrics.put("gap/" + form.key() + "_cos", scores.mean(scores::correctCos));
        }
        Fve fve = Fve.of(rows.inputs());
        metrics.put("fve/nrm", fve.nrm());
        metrics.put("fve/meannorm", fve.meanNorm());
        return metrics;
    }

    private static boolean finite(float[][] vectors) {
        for (float[] vector : vectors) {
            for (float number : vector) {
                if (!Float.isFinite(number)) {
                    return false;
                }
            }
        }
        return true;
    }
}
