package dev.nla.eval.metric;

/** What the values of a metric are, which also says how they are shown. */
public enum Unit {
    /** A difference of two cosines, from -2 to 2. */
    COSINE_DIFFERENCE("difference of cosines", true, -2, 2),
    /** A cosine, from -1 to 1. */
    COSINE("cosine", false, -1, 1),
    /** A part of the descriptions or rows, from 0 to 1. */
    SHARE("share", false, 0, 1),
    /** A part of the variance, 1 at best and not bounded below. */
    EXPLAINED("part of the variance", false, Double.NEGATIVE_INFINITY, 1),
    /** One over a rank, from 0 to 1. */
    INVERSE_RANK("1 / rank", false, 0, 1),
    /** Any other number, without bounds. */
    NUMBER("number", false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Cosines and what is made of them leave their range by so much, for they are rounded. */
    private static final double ROUNDING = 1e-6;

    private final String text;
    private final boolean signed;
    private final double least;
    private final double most;

    Unit(String text, boolean signed, double least, double most) {
        this.text = text;
        this.signed = signed;
        this.least = least;
        this.most = most;
    }

    /** For the reference. */
    public String text() {
        return text;
    }

    /** Whether 0 is in the middle, so that values are shown with their sign, and with four digits instead of three. */
    public boolean signed() {
        return signed;
    }

    /** Whether a value is one of this unit: finite and in its range, up to rounding. */
    public boolean holds(double value) {
        return Double.isFinite(value) && value >= least - ROUNDING && value <= most + ROUNDING;
    }
}
