package dev.nla.cli.terminal;

import java.io.PrintWriter;

/** Shows work whose parts are counted each by itself: a display after the other, each from where the one before stood last. Not safe for use by several threads. */
public final class WorkDisplay implements AutoCloseable {
    private final PrintWriter err;
    private final String title;
    private String shown = "";
    private long since = System.nanoTime();
    private ProgressDisplay display;

    /**
     * A display of this process.
     *
     * @param title stands before the name of each part; may be empty
     */
    public WorkDisplay(PrintWriter err, String title) {
        this.err = err;
        this.title = title;
        this.display = new ProgressDisplay(err, title);
    }

    /**
     * Shows how far a part is.
     *
     * @param part its name, for example {@code describe}
     */
    public void show(String part, int done, int total) {
        if (!part.equals(shown)) {
            display.close();
            display = new ProgressDisplay(err, (title + " " + part).strip(), since);
            shown = part;
        }
        display.show(done, total);
        since = System.nanoTime();
    }

    /** Leaves the last state standing. */
    @Override
    public void close() {
        display.close();
    }
}
