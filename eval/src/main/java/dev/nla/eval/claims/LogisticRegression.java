package dev.nla.eval.claims;

import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;

/**
 * Logistic regression with an L2 penalty on all weights but the intercept, by Newton's method.
 *
 * @param weights one per column
 * @param intercept in log odds
 */
record LogisticRegression(double[] weights, double intercept) {
    private static final int MOST_STEPS = 50;
    private static final double CLOSE = 1e-10;

    /**
     * The weights that make the labels likeliest, less {@code penalty / 2} times the sum of their squares.
     *
     * @param rows {@code [N][k]}, at least one row
     * @param labels of each row
     * @param penalty above 0, so that there is one answer even where a column tells all labels apart
     */
    static LogisticRegression fit(double[][] rows, boolean[] labels, double penalty) {
        if (!(penalty > 0)) {
            throw new IllegalArgumentException("the penalty is " + penalty + ", expected a number above 0");
        }
        int columns = rows[0].length + 1;
        double[] beta = new double[columns];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[columns];
            double[][] hessian = new double[columns][columns];
            for (int j = 0; j < columns - 1; j++) {
                gradient[j] = -penalty * beta[j];
                hessian[j][j] = penalty;
            }
            hessian[columns - 1][columns - 1] = CLOSE;
            for (int i = 0; i < rows.length; i++) {
                add(rows[i], labels[i], beta, gradient, hessian);
            }
            SimpleMatrix change = new SimpleMatrix(hessian).solve(new SimpleMatrix(columns, 1, true, gradient));
            double largest = 0;
            for (int j = 0; j < columns; j++) {
                beta[j] += change.get(j);
                largest = Math.max(largest, Math.abs(change.get(j)));
            }
            if (largest < CLOSE) {
                break;
            }
        }
        double[] weights = Arrays.copyOf(beta, columns - 1);
        return new LogisticRegression(weights, beta[columns - 1]);
    }

    private static void add(double[] row, boolean label, double[] beta, double[] gradient, double[][] hessian) {
        int last = row.length;
        double p = 1 / (1 + Math.exp(-score(row, beta)));
        double error = (label ? 1 : 0) - p;
        double curve = p * (1 - p);
        for (int j = 0; j <= last; j++) {
            double x = j == last ? 1 : row[j];
            if (x == 0) {
                continue;
            }
            gradient[j] += error * x;
            for (int k = 0; k <= last; k++) {
                hessian[j][k] += curve * x * (k == last ? 1 : row[k]);
            }
        }
    }

    private static double score(double[] row, double[] beta) {
        double score = beta[row.length];
        for (int j = 0; j < row.length; j++) {
            score += beta[j] * row[j];
        }
        return score;
    }

    /** The score of a row, in log odds. */
    double score(double[] row) {
        double score = intercept;
        for (int j = 0; j < row.length; j++) {
            score += weights[j] * row[j];
        }
        return score;
    }
}
