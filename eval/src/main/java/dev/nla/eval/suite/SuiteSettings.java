package dev.nla.eval.suite;

import java.util.Set;

/**
 * What a suite does beside scoring the verbalizer's own descriptions.
 *
 * @param conditions the controls to score; those of {@link Condition#ALWAYS} are scored in any case
 * @param wrongLayer the block of {@link Condition#WRONG_LAYER}
 * @param resamples of intervals and tests
 * @param seed of everything drawn
 */
public record SuiteSettings(Set<Condition> conditions, int wrongLayer, int resamples, long seed) {
    /** Whether a condition is asked for. */
    boolean wants(Condition condition) {
        return Condition.ALWAYS.contains(condition) || conditions.contains(condition);
    }
}
