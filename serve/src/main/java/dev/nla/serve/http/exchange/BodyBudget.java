package dev.nla.serve.http.exchange;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of Java's memory all requests together may take. What a request keeps from its first byte until its answer has been sent is
 * counted, and refused when there is too much of it; what it takes for a short while on top, when its body is parsed and its texts become
 * tokens, is waited for. Whoever holds the second waits for nothing, so all get their turn.
 */
public final class BodyBudget {
    /** Bytes that are kept for each byte of a body: itself, copied as it grew, and then the request that was made of it. */
    public static final int KEPT = 4;
    /**
     * Bytes that are taken for each byte of a body while it is worked on. A tree of JSON has up to 40 ({@code [[0],[0],…]}), and a text of
     * one token a byte about 130: six numbers, a string and a span for each.
     */
    static final int WORKED = 150;

    private static final int UNIT = 1 << 10;

    private final long most;
    private final AtomicLong kept = new AtomicLong();
    private final int permits;
    private final Semaphore working;

    /**
     * A budget of which nothing is taken.
     *
     * @param bytes for what is kept, and as many again for what is worked on
     */
    public BodyBudget(long bytes) {
        this.most = bytes;
        this.permits = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        this.working = new Semaphore(permits, true);
    }

    /** A quarter of Java's memory for each of both, or more where a single body of the largest size needs it. */
    public static BodyBudget of(long javaBytes, long maxBodyBytes) {
        return new BodyBudget(Math.max(javaBytes / 4, KEPT * (maxBodyBytes + UNIT)));
    }

    /** Bytes that may be kept. */
    long most() {
        return most;
    }

    /** Bytes that are kept now. */
    public long kept() {
        return kept.get();
    }

    /** What one request keeps; of one thread at a time. */
    final class Share {
        private long bytes;

        /** Takes bytes more; false, and nothing is taken, where the requests have too many. */
        boolean take(long more) {
            if (kept.addAndGet(more) > most) {
                kept.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        /** Gives everything back. */
        void release() {
            kept.addAndGet(-bytes);
            bytes = 0;
        }
    }

    /** What to say of a request that there is no room for. */
    static RequestException crowded() {
        return RequestException.of(
                Fault.QUEUE_FULL, "the requests under way fill the server's memory: ask again later");
    }

    /** Something that is done with a body. */
    @FunctionalInterface
    interface Step<T> {
        /** Does it. */
        T run();
    }

    /**
     * Works on a body when it is its turn. One that needs more than there is runs alone.
     *
     * @param late what to say where its turn does not come
     */
    <T> T work(long bodyBytes, Duration patience, RequestException late, Step<T> step) throws InterruptedException {
        int share = (int) Math.max(1, Math.min(permits, WORKED * bodyBytes / UNIT));
        if (!working.tryAcquire(share, patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw late;
        }
        try {
            return step.run();
        } finally {
            working.release(share);
        }
    }
}
