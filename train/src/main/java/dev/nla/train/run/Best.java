package dev.nla.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nla.model.InputException;
import java.util.Map;
import java.util.Optional;

/**
 * The best held-out value so far, and for how long nothing better came.
 *
 * @param metric name without {@code eval_}; by transformers' rule one that ends in {@code loss} is better when lower, any other when higher
 * @param value the best value, empty before the first finite one
 * @param step steps done when it was measured
 * @param evaluationsSince evaluations after it, none of which was better
 */
public record Best(
        String metric,
        Optional<Double> value,
        int step,
        @JsonProperty("evaluations_since") int evaluationsSince) {
    private static final String PREFIX = "eval_";

    /** Nothing measured yet; {@code metric} may be written with {@code eval_} in front. */
    public static Best none(String metric) {
        String name = metric.startsWith(PREFIX) ? metric.substring(PREFIX.length()) : metric;
        return new Best(name, Optional.empty(), 0, 0);
    }

    /**
     * Takes an evaluation into account.
     *
     * @throws InputException (usage) when the evaluation does not have the metric
     */
    public Best observe(int atStep, Map<String, Double> metrics) {
        Double now = metrics.get(metric);
        if (now == null) {
            throw InputException.usage(
                    "metric_for_best_model is %s, expected auto or one of %s",
                    metric, String.join(", ", metrics.keySet()));
        }
        return isBetter(now)
                ? new Best(metric, Optional.of(now), atStep, 0)
                : new Best(metric, value, step, evaluationsSince + 1);
    }

    /** Whether {@code patience} evaluations in a row brought nothing better; never when it is 0. */
    public boolean exhausted(int patience) {
        return patience > 0 && evaluationsSince >= patience;
    }

    private boolean isBetter(double now) {
        if (!Double.isFinite(now)) {
            return false;
        }
        boolean lower = metric.endsWith("loss");
        return value.map(old -> lower ? now < old : now > old).orElse(true);
    }
}
