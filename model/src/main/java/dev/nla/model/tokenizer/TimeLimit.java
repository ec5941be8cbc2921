package dev.nla.model.tokenizer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs calls that cannot be interrupted in threads of their own, and no longer waits for one that takes too long: it goes on until it or the
 * process ends. Safe for use by several threads.
 */
final class TimeLimit {
    private static final int IDLE_SECONDS = 5;

    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), TimeLimit::daemon);
    private volatile boolean exceeded;

    /** What the call gives, or nothing where it takes longer. An interruption is kept for later. */
    <T> Optional<T> during(Duration limit, Supplier<T> call) {
        Future<T> result = threads.submit(call::get);
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Optional.of(result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            exceeded = true;
            return Optional.empty();
        } catch (ExecutionException e) {
            throw asItWas(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a call took too long, and may still be under way. */
    boolean exceeded() {
        return exceeded;
    }

    private static RuntimeException asItWas(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "tokenizer");
        thread.setDaemon(true);
        return thread;
    }
}
