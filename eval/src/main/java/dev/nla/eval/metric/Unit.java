package dev.nla.eval.metric;

/** What the values of a metric are, which also says how they are shown. */
public enum Unit {
    /** A difference of two cosines, from -2 to 2. */
    COSINE_DIFFERENCE("difference of cosines", true),
    /** A cosine, from -1 to 1. */
    COSINE("cosine", false),
    /** A part of the descriptions or rows, from 0 to 1. */
    SHARE("share", false),
    /** A part of the variance, 1 at best and not bounded below. */
    EXPLAINED("part of the variance", false),
    /** One over a rank, from 0 to 1. */
    INVERSE_RANK("1 / rank", false);

    private final String text;
    private final boolean signed;

    Unit(String text, boolean signed) {
        this.text = text;
        this.signed = signed;
    }

    /** For the reference. */
    public String text() {
        return text;
    }

    /** Whether 0 is in the middle, so that values are shown with their sign, and with four digits instead of three. */
    public boolean signed() {
        return signed;
    }
}
