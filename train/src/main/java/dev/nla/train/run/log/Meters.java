package dev.nla.train.run.log;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means since the last line of a log and totals since the start of the run, in the order in which names first came up. */
public final class Meters {
    private final Map<String, Mean> means = new LinkedHashMap<>();
    private final Map<String, Double> totals = new LinkedHashMap<>();

    /** A sum of so many values. */
    public record Mean(double sum, long count) {
        Mean plus(double value) {
            return new Mean(sum + value, count + 1);
        }

        double value() {
            return sum / count;
        }
    }

    /** What has to be saved so that the next line comes out the same after a resume. */
    public record State(Map<String, Mean> means, Map<String, Double> totals) {
        /** Nothing metered yet. */
        public static State empty() {
            return new State(Map.of(), Map.of());
        }
    }

    /** Goes on from a saved state. */
    public Meters(State state) {
        means.putAll(state.means());
        totals.putAll(state.totals());
    }

    /** Takes values into the means; those that are not finite are left out. */
    public void average(Map<String, Double> values) {
        values.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                means.merge(name, new Mean(value, 1), (old, one) -> old.plus(value));
            }
        });
    }

    /** Adds amounts to the totals. */
    public void sum(Map<String, Double> amounts) {
        amounts.forEach((name, amount) -> totals.merge(name, amount, Double::sum));
    }

    /** The means, which start anew, followed by the totals, which do not. */
    public Map<String, Double> read() {
        Map<String, Double> values = new LinkedHashMap<>();
        means.forEach((name, mean) -> values.put(name, mean.value()));
        values.putAll(totals);
        means.clear();
        return values;
    }

    /** A copy of what has to be saved. */
    public State state() {
        return new State(new LinkedHashMap<>(means), new LinkedHashMap<>(totals));
    }
}
