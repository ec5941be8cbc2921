package dev.nla.remote.teacher;

/** What became of a text. */
sealed interface Outcome {
    /** It is described. */
    record Described(String text) implements Outcome {}

    /**
     * It has all the answers it gets, and none can be read.
     *
     * @param reason why the last cannot
     */
    record Refused(String reason) implements Outcome {}

    /**
     * It was not answered: the endpoint took no request for it, or never finished one.
     *
     * @param reason what happened the last time
     */
    record Failed(String reason) implements Outcome {}
}
