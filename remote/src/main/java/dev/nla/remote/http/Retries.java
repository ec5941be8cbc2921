package dev.nla.remote.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tries again what may pass: exponential back-off with jitter, or exactly the pause the server asks for. Safe for several threads where
 * its parts are.
 */
public final class Retries {
    /**
     * Something that may have to be tried again.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Attempt<T> {
        /** Tries once. */
        T run() throws TransientException, InterruptedException;
    }

    /** Hears of every failure that is followed by another attempt. */
    @FunctionalInterface
    public interface Listener {
        /** An attempt failed and the next comes after {@code pause}. */
        void again(String failure, Duration pause);
    }

    private final RetryPolicy policy;
    private final Pause pause;
    private final RandomGenerator random;

    /** Tries by {@code policy}, waits by {@code pause}, draws jitter from {@code random}. */
    public Retries(RetryPolicy policy, Pause pause, RandomGenerator random) {
        this.policy = policy;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Runs until an attempt succeeds.
     *
     * @throws TransientException that of the last attempt, where the policy allows no more or the server asks for too long a pause; the
     *     message says so
     */
    public <T> T run(Attempt<T> attempt, Listener listener) throws TransientException, InterruptedException {
        int failures = 0;
        while (true) {
            try {
                return attempt.run();
            } catch (TransientException e) {
                failures = e.progressed() ? 1 : failures + 1;
                Duration next = e.retryAfter().orElse(null);
                if (next != null && !hasPatienceFor(next)) {
                    throw new TransientException(
                            e.getMessage() + ", and asks to come back after " + next.toSeconds() + " s", e);
                }
                if (failures >= policy.attempts()) {
                    throw new TransientException(
                            e.getMessage() + (failures == 1 ? "" : " (" + failures + " attempts)"), e);
                }
                next = next == null ? policy.pause(failures, random) : next;
                listener.again(e.getMessage(), next);
                pause.sleep(next);
            }
        }
    }

    /** Whether a server that asks for such a pause is waited for. */
    public boolean hasPatienceFor(Duration time) {
        return time.compareTo(policy.patience()) <= 0;
    }
}
