package dev.nla.eval.describe;

/** Hears how far the parts of an evaluation are that take long. */
@FunctionalInterface
public interface EvaluationProgress {
    /** Where nobody listens. */
    EvaluationProgress NONE = (work, done, total) -> {};

    /**
     * Called now and then, and at the end of each part, on the thread that evaluates.
     *
     * @param work the part, such as {@code describe} or {@code score training}
     * @param done pieces of it
     * @param total of all its pieces, at least 1
     */
    void at(String work, int done, int total);
}
