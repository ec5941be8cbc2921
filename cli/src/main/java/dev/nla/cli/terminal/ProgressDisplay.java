package dev.nla.cli.terminal;

import dev.nla.eval.render.TextWidth;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Shows how far a long piece of work is. On a terminal one line is drawn over and over, which is never wider than that: a narrow one gets a
 * shorter bar, then fewer numbers; elsewhere a plain line is written every ten
 * seconds and at the end, so that a log stays short. Not safe for use by several threads.
 */
public final class ProgressDisplay implements AutoCloseable {
    /** How long bars are, few lengths so that they do not change with every number beside them. */
    private static final List<Integer> BARS = List.of(24, 16, 8);

    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean color;
    private final String what;
    private final IntSupplier width;
    private final LongSupplier nanoTime;
    private final long begin;
    private long lastShown;
    private boolean drawn;
    private boolean complete;

    /**
     * A display of this process.
     *
     * @param what the work, for example {@code extract}
     */
    public ProgressDisplay(PrintWriter err, String what) {
        this(err, what, System.nanoTime());
    }

    /**
     * A display of a part of some work.
     *
     * @param begin when the part began, in nanoseconds of {@link System#nanoTime}: what is shown first took time, too
     */
    ProgressDisplay(PrintWriter err, String what, long begin) {
        this(
                err,
                what,
                Boolean.getBoolean("nla.terminal"),
                System.getenv().getOrDefault("NO_COLOR", "").isEmpty(),
                new TerminalWidth(),
                System::nanoTime,
                begin);
    }

    ProgressDisplay(
            PrintWriter err, String what, boolean terminal, boolean color, IntSupplier width, LongSupplier nanoTime) {
        this(err, what, terminal, color, width, nanoTime, nanoTime.getAsLong());
    }

    private ProgressDisplay(
            PrintWriter err,
            String what,
            boolean terminal,
            boolean color,
            IntSupplier width,
            LongSupplier nanoTime,
            long begin) {
        this.err = err;
        this.what = what;
        this.terminal = terminal;
        this.color = color;
        this.width = width;
        this.nanoTime = nanoTime;
        this.begin = begin;
        this.lastShown = begin - LINE_NANOS;
    }

    /**
     * Shows a state of the work, if enough time has passed since the last or the work is complete.
     *
     * @param done pieces done
     * @param total pieces in all, above 0
     * @param perSecond pieces a second, or 0 where not known yet
     * @param left time left, or zero where not known yet
     * @param detail what else to say, for example a loss; may be empty
     */
    public void show(long done, long total, double perSecond, Duration left, String detail) {
        long now = nanoTime.getAsLong();
        boolean last = done >= total;
        if (complete || !last && now - lastShown < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            return;
        }
        lastShown = now;
        complete = last;
        List<String> numbers = numbers(done, total, perSecond, last ? Duration.ZERO : left, detail);
        if (terminal) {
            err.print(CLEAR_LINE + line((double) done / total, numbers, width.getAsInt() - 1));
            drawn = true;
        } else {
            err.println(what + ": " + String.join(", ", numbers));
        }
        err.flush();
    }

    /** Shows a state of work that began with this display, with rate and time left worked out from that. */
    public void show(long done, long total) {
        show(done, total, "");
    }

    /** The same with what else there is to say, which may be empty. */
    public void show(long done, long total, String detail) {
        double seconds = (nanoTime.getAsLong() - begin) / 1e9;
        double perSecond = done > 0 && seconds > 0 ? done / seconds : 0;
        Duration left = perSecond > 0 ? Duration.ofMillis((long) (1000 * (total - done) / perSecond)) : Duration.ZERO;
        show(done, total, perSecond, left, detail);
    }

    /**
     * Shows work beside the counted one, such as {@code samples 2/4}, in place of the bar on a terminal and as a line elsewhere; also after
     * the last piece of the counted work.
     */
    public void beside(String work) {
        if (terminal) {
            err.print(CLEAR_LINE + TextWidth.cut(what + " " + work, width.getAsInt() - 1));
            drawn = true;
        } else {
            err.println(what + ": " + work);
        }
        err.flush();
    }

    /** Writes a line of its own, above the bar where there is one. */
    public void message(String line) {
        err.println((drawn ? CLEAR_LINE : "") + line);
        err.flush();
        drawn = false;
    }

    /** As {@link #finish}. */
    @Override
    public void close() {
        finish();
    }

    /** Leaves the last state standing and moves to a new line. */
    public void finish() {
        if (drawn) {
            err.println();
            err.flush();
            drawn = false;
        }
    }

    /** The work, a bar and what numbers have room beside it in {@code columns}; where none has, no bar and a text that is cut. */
    private String line(double part, List<String> numbers, int columns) {
        for (int count = numbers.size(); count > 0; count--) {
            String text = String.join(", ", numbers.subList(0, count));
            int room = columns - TextWidth.of(what + "  " + text);
            Optional<Integer> longest =
                    BARS.stream().filter(length -> length <= room).findFirst();
            if (longest.isPresent()) {
                return what + " " + bar(part, longest.get()) + " " + text;
            }
        }
        return TextWidth.cut(what + " " + String.join(", ", numbers), columns);
    }

    private String bar(double part, int length) {
        int filled = (int) Math.round(Math.min(1, part) * length);
        String full = "━".repeat(filled);
        String rest = (color ? "━" : "─").repeat(length - filled);
        return color ? "\u001B[36m" + full + "\u001B[90m" + rest + "\u001B[0m" : full + rest;
    }

    /** What is known of the work, most telling first. */
    private static List<String> numbers(long done, long total, double perSecond, Duration left, String detail) {
        List<String> numbers = new ArrayList<>();
        numbers.add(String.format(Locale.ROOT, "%d/%d (%d%%)", done, total, 100 * done / Math.max(1, total)));
        if (perSecond > 0) {
            numbers.add(
                    perSecond >= 1
                            ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                            : String.format(Locale.ROOT, "%.1f s each", 1 / perSecond));
        }
        if (!left.isZero()) {
            numbers.add(clock(left) + " left");
        }
        if (!detail.isEmpty()) {
            numbers.addAll(List.of(detail.split(", ")));
        }
        return numbers;
    }

    /** A length of time as {@code m:ss}, or {@code h:mm:ss} from an hour on. */
    public static String clock(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
