package dev.nla.model.gap;

/** Which of a row's 20 nearest neighbours its reconstruction must beat. */
public enum NegativeRule {
    /** Three drawn from the twenty. */
    THREE_OF_TWENTY("3_of_20", 3),
    /** All twenty. */
    ALL_TWENTY("all_20", 20);

    /** How many nearest rows negatives come from. */
    public static final int NEIGHBOURS = 20;

    private final String key;
    private final int count;

    NegativeRule(String key, int count) {
        this.key = key;
        this.count = count;
    }

    /** The name in reports. */
    public String key() {
        return key;
    }

    /** Negatives a row. */
    public int count() {
        return count;
    }
}
