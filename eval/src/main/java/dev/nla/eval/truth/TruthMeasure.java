package dev.nla.eval.truth;

/** How it is found out what a description claims and whether that is true. */
public enum TruthMeasure {
    /** By slot, read by a grammar and judged by the slot's own rule: see {@link SlotMetrics}. */
    SLOT(""),
    /** By value: every value that the facts of any row have is looked for in the words: see {@link TruthMetrics}. */
    VALUE("_by_value");

    private final String suffix;

    TruthMeasure(String suffix) {
        this.suffix = suffix;
    }

    /** The name that something has in files under this measure: {@code recall}, {@code recall_by_value}. */
    public String key(String name) {
        return name + suffix;
    }

    /** The same for reading: {@code wrong claims, by value}. */
    public String label(String name) {
        return name + (this == VALUE ? ", by value" : "");
    }
}
