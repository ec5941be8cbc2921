package dev.nla.eval.suite;

/** Hears how many vectors of a condition are described. */
@FunctionalInterface
public interface Progress {
    /** Called now and then, and at the end, on the describing thread. */
    void described(Condition condition, int rows, int total);
}
