package dev.nla.eval.suite;

import java.util.Set;

/**
 * What a suite does beside scoring the verbalizer's own descriptions.
 *
 * @param conditions the controls to score; {@link Condition#REAL} and {@link Condition#SHUFFLED} are scored always
 * @param wrongLayer the block of {@link Condition#WRONG_LAYER}
 * @param resamples of intervals and tests
 * @param seed of everything drawn
 */
public record SuiteSettings(Set<Condition> conditions, int wrongLayer, int resamples, long seed) {
    /** Whether a condition is asked for. */
    boolean wants(Condition condition) {
        return condition == Condition.REAL || condition == Condition.SHUFFLED || conditions.contains(condition);
    }
}
