package dev.nla.serve.engine.work;

import java.util.function.Supplier;

/**
 * Something else that only the worker's thread may do, such as loading weights; done alone.
 *
 * @param <T> what comes of it
 */
public final class Errand<T> extends Work<Errand<T>, T> {
    private final Supplier<T> action;

    /**
     * Something to do.
     *
     * @param name for the metrics
     */
    public Errand(String name, Supplier<T> action) {
        super(new Kind<>(name, new Object(), 1, batch -> batch.forEach(Errand::run)));
        this.action = action;
    }

    private void run() {
        result().complete(action.get());
    }
}
