package dev.nla.remote.http;

import java.time.Duration;
import java.util.Optional;

/** Something that may go well when it is tried again: a server that is busy, a connection that broke. */
public final class TransientException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Null where the server did not say. */
    private final Duration retryAfter;

    private final boolean progressed;

    private TransientException(String message, Throwable cause, Duration retryAfter, boolean progressed) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.progressed = progressed;
    }

    /** A failure without an answer. */
    public TransientException(String message, Throwable cause) {
        this(message, cause, null, false);
    }

    /**
     * An answer that asks to come back.
     *
     * @param retryAfter how long the server wants to be left alone, if it said so
     */
    public TransientException(String message, Optional<Duration> retryAfter) {
        this(message, null, retryAfter.orElse(null), false);
    }

    /** The same failure of an attempt that got something done, so that the count of attempts begins anew. */
    public TransientException afterProgress() {
        return new TransientException(getMessage(), this, retryAfter, true);
    }

    /** How long the server wants to be left alone, if it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the attempt got something done before it failed. */
    public boolean progressed() {
        return progressed;
    }
}
