package dev.nla.spark;

import dev.nla.model.InputException;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors that a cluster has given. */
record Executors(JavaSparkContext context) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MILLISECONDS = 100;

    /** How many there are. */
    int count() {
        return context.statusTracker().getExecutorInfos().length - 1;
    }

    /**
     * Waits until there is one.
     *
     * @param url what is waited for
     * @throws InputException where none comes
     */
    void awaitFirst(String url) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (count() < 1) {
            if (System.nanoTime() > end || context.sc().isStopped()) {
                throw InputException.data(
                        "%s gives no executor: see that its master answers there, that workers have free cores and memory (%s, %s),"
                                + " that they share its secret, and that they reach this machine (%s)",
                        url, "spark.executor.cores", "spark.executor.memory", "spark.driver.host");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw InputException.data(e, "interrupted while waiting for executors");
        }
    }
}
