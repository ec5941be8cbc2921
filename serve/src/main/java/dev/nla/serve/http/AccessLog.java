package dev.nla.serve.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A line for people about each request: when, method, path, status, time, such as {@code 14:03:12 POST /v1/describe 200 1.24 s}. What a
 * browser loads for the page and what watchers ask all the time are left out; they are counted like the rest in {@code /metrics}.
 */
final class AccessLog {
    private static final Set<String> WATCHED = Set.of("/health", "/metrics");
    private static final float SECOND = 1000;

    private final Consumer<String> lines;
    private final Clock clock;

    /**
     * A log.
     *
     * @param lines takes each line, from any thread
     * @param clock says when
     */
    AccessLog(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /**
     * Takes note of an answer.
     *
     * @param milliseconds from the request's head to the end of its answer
     */
    void answered(Context context, float milliseconds) {
        String path = context.path();
        if (!path.startsWith("/page/") && !WATCHED.contains(path)) {
            lines.accept("%s %s %s %d %s"
                    .formatted(
                            LocalTime.now(clock)
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .format(DateTimeFormatter.ISO_LOCAL_TIME),
                            context.method(),
                            path,
                            context.statusCode(),
                            time(milliseconds)));
        }
    }

    private static String time(float milliseconds) {
        return milliseconds < SECOND
                ? String.format(Locale.ROOT, "%.0f ms", milliseconds)
                : String.format(Locale.ROOT, "%.2f s", milliseconds / SECOND);
    }
}
