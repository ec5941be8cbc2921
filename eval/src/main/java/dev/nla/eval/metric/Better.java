package dev.nla.eval.metric;

/** Which of two values of a metric is the better one. */
public enum Better {
    /** The larger. */
    LARGER("larger"),
    /** The smaller. */
    SMALLER("smaller");

    private final String text;

    Better(String text) {
        this.text = text;
    }

    /** For the reference. */
    public String text() {
        return text;
    }

    /** Whether a difference, first minus second, says that the first is better. */
    public boolean favoursFirst(double difference) {
        return this == LARGER ? difference > 0 : difference < 0;
    }
}
