package dev.nla.eval.probe;

import dev.nla.eval.truth.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.simple.SimpleMatrix;

/**
 * Reads facts off activations by ridge regression: every fact is a target, 1 where a row has it and 0 elsewhere, and of the values of an
 * attribute the one with the highest score is what is read.
 */
public final class LinearProbe {
    private static final double RIDGE = 1e-3;

    private final List<Fact> facts;
    private final float[] mean;
    private final SimpleMatrix weights;

    private LinearProbe(List<Fact> facts, float[] mean, SimpleMatrix weights) {
        this.facts = facts;
        this.mean = mean;
        this.weights = weights;
    }

    /**
     * Fits a probe; the ridge is a thousandth of the mean variance of the activations.
     *
     * @param activations {@code [N][d]}
     * @param rowFacts facts of each row
     */
    public static LinearProbe fit(float[][] activations, List<List<Fact>> rowFacts) {
        Set<Fact> distinct = new LinkedHashSet<>();
        rowFacts.forEach(distinct::addAll);
        List<Fact> facts = new ArrayList<>(distinct);
        Map<Fact, Integer> column = new LinkedHashMap<>();
        facts.forEach(fact -> column.put(fact, column.size()));
        float[] mean = mean(activations);
        SimpleMatrix x = centred(activations, mean);
        SimpleMatrix y = new SimpleMatrix(activations.length, facts.size());
        for (int row = 0; row < activations.length; row++) {
            for (Fact fact : rowFacts.get(row)) {
                y.set(row, column.get(fact), 1);
            }
        }
        SimpleMatrix covariance = x.transpose().mult(x);
        int d = mean.length;
        double ridge = RIDGE * covariance.trace() / d;
        SimpleMatrix weights = covariance
                .plus(SimpleMatrix.identity(d).scale(ridge))
                .solve(x.transpose().mult(y));
        return new LinearProbe(facts, mean, weights);
    }

    /** The value of each attribute that an activation speaks for most, {@code [d]}. */
    public Map<String, String> read(float[] activation) {
        SimpleMatrix scores = centred(new float[][] {activation}, mean).mult(weights);
        Map<String, Integer> best = new LinkedHashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            int candidate = i;
            best.merge(
                    facts.get(i).attribute(),
                    i,
                    (old, now) -> scores.get(0, candidate) > scores.get(0, old) ? now : old);
        }
        Map<String, String> read = new LinkedHashMap<>();
        best.forEach((attribute, index) -> read.put(attribute, facts.get(index).value()));
        return read;
    }

    private static float[] mean(float[][] rows) {
        double[] sum = new double[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / rows.length);
        }
        return mean;
    }

    private static SimpleMatrix centred(float[][] rows, float[] mean) {
        SimpleMatrix matrix = new SimpleMatrix(rows.length, mean.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                matrix.set(i, j, rows[i][j] - mean[j]);
            }
        }
        return matrix;
    }
}
