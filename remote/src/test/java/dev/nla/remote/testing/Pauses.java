package dev.nla.remote.testing;

import dev.nla.remote.http.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pauses that take no time and are remembered. */
public final class Pauses implements Pause {
    private final List<Duration> taken = new CopyOnWriteArrayList<>();

    @Override
    public void sleep(Duration time) {
        taken.add(time);
    }

    /** The pauses so far, in order. */
    public List<Duration> taken() {
        return List.copyOf(taken);
    }
}
