package dev.nla.eval.report.plot;

import java.util.List;

/**
 * A metric over the steps of a training run.
 *
 * @param stage the run's name
 * @param metric the metric's name in {@code metrics.jsonl}
 * @param points at least one, in the order of steps
 */
public record Curve(String stage, String metric, List<Point> points) {
    /** Copies the points and checks that there are some. */
    public Curve {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("no points of " + metric + " in " + stage);
        }
    }

    /**
     * One logged value.
     *
     * @param step how many steps had been made
     * @param value finite
     */
    public record Point(int step, double value) {
        /** Checks the value. */
        public Point {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(value + " at step " + step);
            }
        }
    }
}
