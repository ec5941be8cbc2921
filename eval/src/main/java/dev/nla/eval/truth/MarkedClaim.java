package dev.nla.eval.truth;

/**
 * A claim found in a description, and whether it is right.
 *
 * @param fact what is claimed, the value as the dataset spells it
 * @param kind how it compares with the row
 * @param begin index of its first character in the description
 * @param end index behind its last
 */
public record MarkedClaim(Fact fact, Kind kind, int begin, int end) {
    /** How a claim compares with the facts of its row. */
    public enum Kind {
        /** It is one of them. */
        RIGHT,
        /** The row has another value under this attribute. */
        WRONG,
        /** The row has nothing under this attribute: its text never said it. */
        INVENTED
    }

    /** Checks the place. */
    public MarkedClaim {
        if (begin < 0 || end <= begin) {
            throw new IllegalArgumentException(fact + " from " + begin + " to " + end);
        }
    }
}
