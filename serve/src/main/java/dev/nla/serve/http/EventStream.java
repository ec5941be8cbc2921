package dev.nla.serve.http;

import dev.nla.serve.api.Progress;
import dev.nla.serve.api.RequestException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Server-sent events of what is being written. The model's thread only puts texts into a queue; the thread of the request sends them, so
 * that a slow client keeps nobody waiting. When the client leaves, the next event or sign of life fails, and the answer is given up.
 *
 * @param <T> the answer
 */
final class EventStream<T> implements Progress {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    private record Piece(int sample, String text) {}

    private final Context context;
    private final Exchange exchange;
    private final LinkedBlockingQueue<Optional<Piece>> pieces = new LinkedBlockingQueue<>();

    EventStream(Context context, Exchange exchange) {
        this.context = context;
        this.exchange = exchange;
    }

    @Override
    public void written(int sample, String text) {
        pieces.add(Optional.of(new Piece(sample, text)));
    }

    /**
     * Sends events until the answer is there.
     *
     * @param onText events for a sample and its text so far
     * @param onAnswer the last events
     * @param onFailure the last event where it failed
     */
    void follow(
            CompletableFuture<T> answer,
            BiFunction<Integer, String, List<String>> onText,
            Function<T, List<String>> onAnswer,
            Function<RequestException, List<String>> onFailure)
            throws IOException {
        answer.whenComplete((value, failure) -> pieces.add(Optional.empty()));
        context.status(200).contentType("text/event-stream").header("Cache-Control", "no-store");
        context.header("X-Accel-Buffering", "no");
        OutputStream out = context.res().getOutputStream();
        long until = System.nanoTime() + exchange.timeout().toNanos();
        try {
            out.flush();
            while (!answer.isDone() || !pieces.isEmpty()) {
                Optional<Piece> piece = pieces.poll(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
                if (piece == null) {
                    send(out, List.of(":"));
                } else if (piece.isPresent()) {
                    send(out, onText.apply(piece.get().sample(), piece.get().text()));
                }
                if (System.nanoTime() > until && answer.completeExceptionally(exchange.late())) {
                    pieces.clear();
                }
            }
            send(out, outcome(answer, onAnswer, onFailure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is stopping");
        } finally {
            answer.cancel(false);
        }
    }

    private List<String> outcome(
            CompletableFuture<T> answer,
            Function<T, List<String>> onAnswer,
            Function<RequestException, List<String>> onFailure) {
        try {
            return onAnswer.apply(answer.join());
        } catch (CompletionException | CancellationException failure) {
            return onFailure.apply(Exchange.failure(failure));
        }
    }

    private static void send(OutputStream out, List<String> events) throws IOException {
        for (String event : events) {
            out.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /** An event with a name. */
    static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data;
    }

    /** An event without a name. */
    static String data(String data) {
        return "data: " + data;
    }
}
