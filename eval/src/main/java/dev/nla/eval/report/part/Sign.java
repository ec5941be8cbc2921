package dev.nla.eval.report.part;

import dev.nla.eval.truth.MarkedClaim;

/** How claims are told apart without colours. */
public enum Sign {
    /** Is one of the row's facts. */
    RIGHT("right", "✓", "is so;"),
    /** The row has another value. */
    WRONG("wrong", "✗", "has another value;"),
    /** The row has no value. */
    INVENTED("invented", "?", "of which the text says nothing.");

    private final String word;
    private final String sign;
    private final String meaning;

    Sign(String word, String sign, String meaning) {
        this.word = word;
        this.sign = sign;
        this.meaning = meaning;
    }

    /** The sign of a claim. */
    static Sign of(MarkedClaim.Kind kind) {
        return switch (kind) {
            case RIGHT -> RIGHT;
            case WRONG -> WRONG;
            case INVENTED -> INVENTED;
        };
    }

    /** Its name, also in the page's style. */
    public String word() {
        return word;
    }

    /** What stands behind the claim. */
    public String sign() {
        return sign;
    }

    /** What that says, for the legend. */
    public String meaning() {
        return meaning;
    }
}
