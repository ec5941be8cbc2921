package dev.nla.eval.truth;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much there was to state, how much of it was, and how many claims are true. Every part of nothing is NaN.
 *
 * @param facts what could have been stated: true facts or, by slot, {@link dev.nla.claims.truth.SlotTruth#known}
 * @param stated how many of these were
 * @param right true claims; by value they are what is stated
 * @param wrong claims of another value where the row has one
 * @param invented other false claims: by value, those under attributes of which the row says nothing
 */
public record TruthCounts(int facts, int stated, int right, int wrong, int invented) {
    /** Nothing stated, nothing to state. */
    public static final TruthCounts NONE = new TruthCounts(0, 0, 0, 0, 0);

    /** Checks that no more is stated than there is. */
    public TruthCounts {
        if (right < 0 || wrong < 0 || invented < 0 || stated < 0 || stated > facts) {
            throw new IllegalArgumentException(facts + " facts, " + stated + " stated; " + right + " right, " + wrong
                    + " wrong, " + invented + " invented");
        }
    }

    /** By value: each right claim states a fact. */
    public TruthCounts(int facts, int right, int wrong, int invented) {
        this(facts, right, right, wrong, invented);
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
                facts + other.facts,
                stated + other.stated,
                right + other.right,
                wrong + other.wrong,
                invented + other.invented);
    }

    /** All claims. */
    public int claims() {
        return right + wrong + invented;
    }

    /** The part of the facts that is stated. */
    public double recall() {
        return share(stated, facts);
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
