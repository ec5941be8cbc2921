package dev.nla.cli.terminal;

import dev.nla.remote.teacher.TeacherListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Shows how far a teacher is; of what goes wrong and is tried again, each kind once. */
public final class TeacherProgress implements TeacherListener, AutoCloseable {
    private final ProgressDisplay display;
    private final Set<String> told = new HashSet<>();

    /** Writes to {@code err}. */
    public TeacherProgress(PrintWriter err) {
        this.display = new ProgressDisplay(err, "describe");
    }

    @Override
    public void progress(int done, int total, int undescribed) {
        display.show(done, total, undescribed == 0 ? "" : undescribed + " without a description");
    }

    @Override
    public void again(String failure, Duration pause) {
        if (told.add(failure)) {
            display.message(
                    String.format(Locale.ROOT, "%s: asked again in %.1f s", failure, pause.toMillis() / 1000.0));
        }
    }

    /** Leaves what is shown standing. */
    @Override
    public void close() {
        display.finish();
    }
}
