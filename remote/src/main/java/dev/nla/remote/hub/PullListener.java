package dev.nla.remote.hub;

import java.time.Duration;

/** Hears of a pull as it goes on, also on the HTTP client's threads, though never on two at once. */
public interface PullListener {
    /** Of a file, {@code done} of {@code total} bytes are there. */
    void progress(String file, long done, long total);

    /** A request failed and is made again after a pause. */
    void again(String failure, Duration pause);

    /** Another process fetches this file; its end is waited for. */
    void waits(String file);

    /** Hears nothing. */
    static PullListener none() {
        return new PullListener() {
            @Override
            public void progress(String file, long done, long total) {}

            @Override
            public void again(String failure, Duration pause) {}

            @Override
            public void waits(String file) {}
        };
    }
}
