package dev.nla.serve.engine.work;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Something to be done on the thread that owns the model.
 *
 * @param <W> the kind of work
 * @param <T> what comes of it
 */
public abstract class Work<W extends Work<W, T>, T> {
    private final Kind<W> kind;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Work of a kind. */
    protected Work(Kind<W> kind) {
        this.kind = kind;
    }

    /** What it can be done together with. */
    public Kind<W> kind() {
        return kind;
    }

    /** What comes of it; complete when it is cancelled too. */
    public CompletableFuture<T> result() {
        return result;
    }

    /** Whether someone still waits for it. */
    public boolean wanted() {
        return !result.isDone();
    }

    /**
     * Work that can be done together: of equal kinds.
     *
     * @param name for the metrics
     * @param key equal for what can be done together
     * @param most works at a time
     * @param runner completes the result of every work it is given
     */
    public record Kind<W>(String name, Object key, int most, Runner<W> runner) {
        boolean joins(Kind<?> other) {
            return name.equals(other.name) && key.equals(other.key);
        }
    }

    /** Does work. */
    @FunctionalInterface
    public interface Runner<W> {
        /** Does some works of its kind together, and completes each. */
        void run(List<W> batch);
    }
}
