package dev.nla.eval.truth;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many facts there were to state, and how the claims compare with them. Every part of nothing is NaN.
 *
 * @param facts true facts
 * @param right claims that are one of them
 * @param wrong claims of another value where the row has one
 * @param invented claims under attributes of which the row says nothing
 */
public record TruthCounts(int facts, int right, int wrong, int invented) {
    /** Nothing stated, nothing to state. */
    public static final TruthCounts NONE = new TruthCounts(0, 0, 0, 0);

    /** Checks that no more is right than there is. */
    public TruthCounts {
        if (right < 0 || wrong < 0 || invented < 0 || right > facts) {
            throw new IllegalArgumentException(
                    facts + " facts; " + right + " right, " + wrong + " wrong, " + invented + " invented");
        }
    }

    /** Of one description; a claim made at several places counts once. */
    static TruthCounts of(List<Fact> missing, Collection<MarkedClaim> claims) {
        int[] kinds = new int[MarkedClaim.Kind.values().length];
        claims.stream()
                .collect(Collectors.toMap(MarkedClaim::fact, MarkedClaim::kind, (first, again) -> first))
                .values()
                .forEach(kind -> kinds[kind.ordinal()]++);
        int right = kinds[MarkedClaim.Kind.RIGHT.ordinal()];
        return new TruthCounts(
                right + missing.size(),
                right,
                kinds[MarkedClaim.Kind.WRONG.ordinal()],
                kinds[MarkedClaim.Kind.INVENTED.ordinal()]);
    }

    /** Both together. */
    public TruthCounts plus(TruthCounts other) {
        return new TruthCounts(
                facts + other.facts, right + other.right, wrong + other.wrong, invented + other.invented);
    }

    /** All claims. */
    public int claims() {
        return right + wrong + invented;
    }

    /** The part of the facts that is stated. */
    public double recall() {
        return share(right, facts);
    }

    /** The part of the claims that is right. */
    public double precision() {
        return share(right, claims());
    }

    /** The part of the claims that is wrong. */
    public double wrongShare() {
        return share(wrong, claims());
    }

    /** The part of the claims that is invented. */
    public double invention() {
        return share(invented, claims());
    }

    private static double share(int part, int whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
