package dev.nla.train.grpo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Seconds of the phases of one step; phases of one name add up. */
final class StepTimer {
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final long begin = System.nanoTime();
    private long last = begin;

    /** Books the time since the last lap under a name. */
    void lap(String phase) {
        long now = System.nanoTime();
        seconds.merge(phase, (now - last) / 1e9, Double::sum);
        last = now;
    }

    /** All phases and the whole step. */
    Map<String, Double> seconds() {
        Map<String, Double> all = new LinkedHashMap<>(seconds);
        all.put("step_seconds", (last - begin) / 1e9);
        return all;
    }
}
