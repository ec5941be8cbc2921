package dev.nla.cli.terminal;

import dev.nla.remote.hub.PullListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows a pull: each file of some size in megabytes, and what has to be waited for. */
public final class PullProgress implements PullListener, AutoCloseable {
    private static final long SHOWN_FROM = 10_000_000;
    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter err;
    private String file = "";
    private Optional<ProgressDisplay> display = Optional.empty();

    /** Writes to {@code err}. */
    public PullProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void progress(String name, long done, long total) {
        if (total < SHOWN_FROM) {
            return;
        }
        if (!name.equals(file)) {
            close();
            file = name;
            display = Optional.of(new ProgressDisplay(err, name + " (MB)"));
        }
        display.get().show(done / MEGABYTE, total / MEGABYTE);
    }

    @Override
    public synchronized void again(String failure, Duration pause) {
        say(String.format(Locale.ROOT, "%s: again in %.1f s", failure, pause.toMillis() / 1000.0));
    }

    @Override
    public synchronized void waits(String name) {
        say(name + ": another process fetches it: waiting for that");
    }

    /** Leaves what is shown standing. */
    @Override
    public synchronized void close() {
        display.ifPresent(ProgressDisplay::finish);
    }

    private void say(String line) {
        close();
        err.println(line);
        err.flush();
    }
}
