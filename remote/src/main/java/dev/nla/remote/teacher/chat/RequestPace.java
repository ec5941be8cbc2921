package dev.nla.remote.teacher.chat;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.remote.http.Pause;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Spaces requests evenly, so that no more than so many begin in a minute. Safe for several threads. */
public final class RequestPace {
    private static final double MINUTE_NANOS = 60e9;

    private final long interval;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private long next;

    /**
     * A pace.
     *
     * @param perMinute 0 for no limit
     * @param nanoTime a clock that only goes forward, in nanoseconds
     * @param pause waits by that clock
     * @throws InputException (usage) where the number is negative
     */
    public RequestPace(double perMinute, LongSupplier nanoTime, Pause pause) {
        if (!(perMinute >= 0)) {
            throw InputException.usage(
                    "%s %s: a number of at least 0 was expected", Key.of("requests_per_minute"), perMinute);
        }
        this.interval = perMinute == 0 ? 0 : (long) (MINUTE_NANOS / perMinute);
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.next = nanoTime.getAsLong();
    }

    /** Waits until the next request may begin. */
    public void await() throws InterruptedException {
        long wait;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            long turn = Math.max(now, next);
            next = turn + interval;
            wait = turn - now;
        }
        if (wait > 0) {
            pause.sleep(Duration.ofNanos(wait));
        }
    }

    /** The endpoint wants to be left alone: no request begins for so long. */
    public synchronized void hold(Duration time) {
        next = Math.max(next, nanoTime.getAsLong() + time.toNanos());
    }
}
