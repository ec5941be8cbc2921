package dev.nla.data.extract;

import java.time.Clock;
import java.time.Duration;

/** Counts what is done and estimates what is left: the rate in rows, the time from tokens, for short texts come last. */
final class ProgressMeter {
    private final Clock clock;
    private final long start;
    private final int totalRows;
    private int keptRows;
    private int newRows;
    private long newTokens;
    private long leftTokens;

    ProgressMeter(Clock clock, int totalRows, long totalTokens) {
        this.clock = clock;
        start = clock.millis();
        this.totalRows = totalRows;
        leftTokens = totalTokens;
    }

    /** Rows and tokens of an earlier run. */
    void keep(int rows, long tokens) {
        keptRows += rows;
        leftTokens -= tokens;
    }

    /** Rows and tokens of this run. */
    void add(int rows, long tokens) {
        newRows += rows;
        newTokens += tokens;
        leftTokens -= tokens;
    }

    int keptRows() {
        return keptRows;
    }

    Duration time() {
        return Duration.ofMillis(clock.millis() - start);
    }

    ExtractionProgress progress() {
        long millis = Math.max(1, time().toMillis());
        long left = newTokens == 0 ? 0 : Math.round((double) millis / newTokens * leftTokens);
        return new ExtractionProgress(
                keptRows + newRows, totalRows, newRows * 1000.0 / millis, Duration.ofMillis(left));
    }
}
