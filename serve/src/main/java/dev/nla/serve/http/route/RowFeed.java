package dev.nla.serve.http.route;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The answers of a request for many, in their order. A few are asked for ahead, so that the model writes them together and others' requests
 * still find their way in between; whoever does not take answers has no more asked for.
 *
 * @param <T> an answer
 */
public final class RowFeed<T> implements AutoCloseable {
    /** Answers that are asked for ahead. */
    public static final int AHEAD = 64;

    private final Iterator<Supplier<CompletableFuture<T>>> rows;
    private final Deque<CompletableFuture<T>> pending = new ArrayDeque<>();
    private Supplier<CompletableFuture<T>> refused;

    /** Answers to these questions, each of which is asked once. */
    RowFeed(Iterator<Supplier<CompletableFuture<T>>> rows) {
        this.rows = rows;
    }

    /** Whether there is another answer to take. */
    boolean hasNext() {
        return !pending.isEmpty() || refused != null || rows.hasNext();
    }

    /** The next answer, which may still be worked on. Refused where nothing of this request waits and the server's queue is full. */
    CompletableFuture<T> next() {
        if (pending.size() <= AHEAD / 2) {
            fill();
        }
        return pending.remove();
    }

    private void fill() {
        while (pending.size() < AHEAD && (refused != null || rows.hasNext())) {
            Supplier<CompletableFuture<T>> row = refused == null ? rows.next() : refused;
            refused = null;
            try {
                pending.add(row.get());
            } catch (RequestException e) {
                if (e.fault() != Fault.QUEUE_FULL || pending.isEmpty()) {
                    throw e;
                }
                refused = row;
                return;
            }
        }
    }

    /** Gives up what was asked for and not taken. */
    @Override
    public void close() {
        pending.forEach(row -> row.cancel(false));
    }
}
