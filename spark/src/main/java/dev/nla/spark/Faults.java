package dev.nla.spark;

import dev.nla.model.InputException;

/** What to say when a job has failed. */
final class Faults {
    private Faults() {}

    /** What was thrown while answers were taken as it is; anything else is the cluster's fault, with its own last words. */
    static RuntimeException of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputException refused) {
                return refused;
            }
        }
        return InputException.data(
                failure, "the cluster has given a part up: %s: look into the executors' logs", failure.getMessage());
    }
}
