package dev.nla.train.run.order;

import java.util.stream.IntStream;

/** The seeds of one optimizer step's parts, one after the other in the order of the parts. */
public final class PartSeeds {
    private final StepSeeds seeds;
    private final int step;
    private final String purpose;
    private int part;

    PartSeeds(StepSeeds seeds, int step, String purpose) {
        this.seeds = seeds;
        this.step = step;
        this.purpose = purpose;
    }

    /** The next part's, never negative. */
    public int next() {
        return seeds.intAt(step, purpose + " " + part++);
    }

    /** Those of the next parts, {@code [count]}. */
    public int[] next(int count) {
        return IntStream.range(0, count).map(i -> next()).toArray();
    }
}
