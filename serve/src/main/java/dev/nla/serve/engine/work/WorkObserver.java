package dev.nla.serve.engine.work;

/** Hears what the worker does, on its thread. */
public interface WorkObserver {
    /**
     * A batch is done.
     *
     * @param kind of its requests
     * @param requests how many were run together
     * @param seconds it took
     */
    void ran(String kind, int requests, double seconds);

    /** Tokens were written. */
    void wrote(int tokens);

    /** Listens to nothing. */
    static WorkObserver none() {
        return new WorkObserver() {
            @Override
            public void ran(String kind, int requests, double seconds) {}

            @Override
            public void wrote(int tokens) {}
        };
    }
}
