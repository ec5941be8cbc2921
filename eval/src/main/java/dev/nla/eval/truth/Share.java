package dev.nla.eval.truth;

import dev.nla.model.gap.Bootstrap;
import dev.nla.model.gap.Interval;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A part of a whole, summed over texts.
 *
 * @param value in [0, 1]; NaN where the whole is nothing
 * @param ci95 bootstrap interval over texts; empty where the value is NaN
 */
public record Share(double value, Optional<Interval> ci95) {
    /** Of counts, one a text. */
    static Share of(
            List<TruthCounts> texts,
            ToIntFunction<TruthCounts> part,
            ToIntFunction<TruthCounts> whole,
            Bootstrap bootstrap) {
        double[] parts = texts.stream().mapToDouble(part::applyAsInt).toArray();
        double[] wholes = texts.stream().mapToDouble(whole::applyAsInt).toArray();
        double all = texts.stream().mapToInt(whole).sum();
        double value = all == 0 ? Double.NaN : texts.stream().mapToInt(part).sum() / all;
        return new Share(value, bootstrap.ratioInterval95(parts, wholes));
    }
}
