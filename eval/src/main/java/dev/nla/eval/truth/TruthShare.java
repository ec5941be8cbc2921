package dev.nla.eval.truth;

import dev.nla.model.stats.Statistic;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is told of the truth of descriptions: each share is a ratio of sums over rows. */
public enum TruthShare {
    /** The part of the facts, or of what else is known, that is stated. */
    RECALL(TruthCounts::stated, TruthCounts::facts),
    /** The part of the claims that is right. */
    PRECISION(TruthCounts::right, TruthCounts::claims),
    /** The part of the claims that is wrong. */
    WRONG(TruthCounts::wrong, TruthCounts::claims),
    /** The part of the claims that is invented. */
    INVENTION(TruthCounts::invented, TruthCounts::claims);

    private final ToDoubleFunction<TruthCounts> part;
    private final ToDoubleFunction<TruthCounts> whole;

    TruthShare(ToDoubleFunction<TruthCounts> part, ToDoubleFunction<TruthCounts> whole) {
        this.part = part;
        this.whole = whole;
    }

    /** The name in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The share over rows, [N]. */
    public Statistic of(List<TruthCounts> rows) {
        return Statistic.ratio(
                rows.stream().mapToDouble(part).toArray(),
                rows.stream().mapToDouble(whole).toArray());
    }
}
