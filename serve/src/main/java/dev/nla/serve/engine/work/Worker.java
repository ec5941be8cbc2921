package dev.nla.serve.engine.work;

import ai.djl.engine.EngineException;
import dev.nla.model.InputException;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the model, and its bounded queue. What waits longest is done next, together with everything of its kind that
 * waits behind it; so batches grow by themselves as requests come faster, and nothing waits for a batch to fill.
 */
public final class Worker implements AutoCloseable {
    /** What torch says where the system gives it no more. */
    private static final String NO_MEMORY = "can't allocate memory";

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final int capacity;
    private final WorkObserver observer;
    private final Deque<Work<?, ?>> queue = new ArrayDeque<>();
    private final Thread thread;
    private List<? extends Work<?, ?>> running = List.of();
    private boolean stopping;

    /** A worker for at most {@code capacity} waiting works. */
    public Worker(int capacity, WorkObserver observer) {
        this.capacity = capacity;
        this.observer = observer;
        this.thread = new Thread(this::work, "model");
        thread.setDaemon(true);
        thread.start();
    }

    /** Puts work into the queue; refuses it when the queue is full or the server stops. */
    public <W extends Work<W, T>, T> CompletableFuture<T> submit(W work) {
        synchronized (queue) {
            if (stopping) {
                throw RequestException.of(Fault.STOPPING, "the server is stopping: ask again when it is back");
            }
            if (queue.size() >= capacity) {
                throw RequestException.of(Fault.QUEUE_FULL, "%d requests wait already: ask again later", queue.size());
            }
            queue.add(work);
            queue.notifyAll();
        }
        work.result().whenComplete((value, failure) -> withdraw(work));
        return work.result();
    }

    /** Puts work that cannot be refused behind everything that waits. */
    public void append(Work<?, ?> work) {
        synchronized (queue) {
            queue.add(work);
            queue.notifyAll();
        }
    }

    /** How many works wait. */
    public int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Takes no more work, and returns when all is done or, at the latest, after {@code patience}; the rest is given up then. */
    public void drain(Duration patience) {
        List<Work<?, ?>> rest = new ArrayList<>();
        synchronized (queue) {
            stopping = true;
            queue.notifyAll();
            long until = System.nanoTime() + patience.toNanos();
            long left = patience.toNanos();
            while (left > 0 && !(queue.isEmpty() && running.isEmpty()) && waited(left)) {
                left = until - System.nanoTime();
            }
            rest.addAll(running);
            rest.addAll(queue);
        }
        RequestException stopped =
                RequestException.of(Fault.STOPPING, "the server stopped before the answer was ready");
        rest.forEach(work -> work.result().completeExceptionally(stopped));
    }

    /** Waits until the queue changes or the time is over; false when the thread was interrupted. */
    private boolean waited(long nanos) {
        try {
            queue.wait(Math.max(1, nanos / 1_000_000));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void withdraw(Work<?, ?> work) {
        synchronized (queue) {
            queue.remove(work);
            queue.notifyAll();
        }
    }

    private void work() {
        while (next()) {
            long begin = System.nanoTime();
            Work.Kind<?> kind = running.get(0).kind();
            int size = running.size();
            run(kind, running);
            synchronized (queue) {
                running = List.of();
                queue.notifyAll();
            }
            observer.ran(kind.name(), size, (System.nanoTime() - begin) / 1e9);
        }
    }

    /** Waits for work and moves the next batch from the queue to {@link #running}; false when there will be none. */
    private boolean next() {
        synchronized (queue) {
            while (queue.isEmpty()) {
                if (stopping || !waited(Long.MAX_VALUE)) {
                    return false;
                }
            }
            Work<?, ?> head = queue.remove();
            List<Work<?, ?>> batch = new ArrayList<>(List.of(head));
            Iterator<Work<?, ?>> others = queue.iterator();
            while (others.hasNext() && batch.size() < head.kind().most()) {
                Work<?, ?> other = others.next();
                if (head.kind().joins(other.kind())) {
                    batch.add(other);
                    others.remove();
                }
            }
            running = batch;
            return true;
        }
    }

    /** Runs a batch. Where it fails, each of its works is tried alone, so that one does not take the others down with it. */
    @SuppressWarnings("unchecked")
    private <W> void run(Work.Kind<W> kind, List<? extends Work<?, ?>> batch) {
        List<? extends Work<?, ?>> wanted = batch.stream().filter(Work::wanted).toList();
        if (wanted.isEmpty()) {
            return;
        }
        try {
            // Works of equal kinds are of one class: kinds are made by the class whose runner they name.
            kind.runner().run((List<W>) wanted);
        } catch (RuntimeException | Error failure) {
            if (wanted.size() > 1) {
                wanted.forEach(work -> run(kind, List.of(work)));
                return;
            }
            wanted.get(0).result().completeExceptionally(readable(failure));
        }
    }

    private static Throwable readable(Throwable failure) {
        if (failure instanceof RequestException || failure instanceof CancellationException) {
            return failure;
        }
        if (failure instanceof InputException input) {
            return RequestException.of(input);
        }
        LOG.error("a request failed", failure);
        if (failure instanceof EngineException
                && String.valueOf(failure.getMessage()).contains(NO_MEMORY)) {
            return RequestException.of(
                    Fault.QUEUE_FULL, "the server's memory did not suffice: ask again later, or for less");
        }
        return RequestException.of(Fault.INTERNAL, "the request failed inside the server; its log says where");
    }

    /** Gives up what is left and waits for the thread, which ends at the next pause of what it does. */
    @Override
    public void close() {
        drain(Duration.ZERO);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
