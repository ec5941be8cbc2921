package dev.nla.remote.http;

import java.time.Duration;

/** Waits; tests have one that only counts. */
@FunctionalInterface
public interface Pause {
    /** Waits as long; returns at once for zero. */
    void sleep(Duration time) throws InterruptedException;

    /** Really waits. */
    static Pause real() {
        return time -> Thread.sleep(time.toMillis());
    }
}
