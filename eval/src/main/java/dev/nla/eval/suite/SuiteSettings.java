package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.MetricRegistry;
import java.util.Set;

/**
 * What a suite does beside scoring the verbalizer's own descriptions.
 *
 * @param conditions the controls to score; the verbalizer's words, the best of several and the floor are scored in any case
 * @param wrongLayer the block of {@link Condition#WRONG_LAYER}
 * @param metrics what is measured of them
 */
public record SuiteSettings(Set<Condition> conditions, int wrongLayer, MetricRegistry metrics) {
    /** What is scored whatever controls are asked for: the verbalizer's words, the best of several where there are several, and the floor. */
    private static final Set<Condition> ALWAYS = Set.of(Condition.REAL, Condition.BEST_OF_N, Condition.SHUFFLED);

    /** Whether a condition is asked for. */
    boolean wants(Condition condition) {
        return ALWAYS.contains(condition) || conditions.contains(condition);
    }
}
