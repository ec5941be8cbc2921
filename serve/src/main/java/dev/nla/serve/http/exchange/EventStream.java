package dev.nla.serve.http.exchange;

import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.response.Progress;
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
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Server-sent events of what is being written. The model's thread only lays texts down; the thread of the request sends them, so that a slow
 * client keeps nobody waiting: it misses texts that longer ones have taken the place of. When the client leaves, or does not read, the next
 * event or sign of life fails, and the answer is given up.
 *
 * @param <T> the answer
 */
public final class EventStream<T> implements Progress {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);
    /** Where among the samples it stands how far a text has been read. */
    private static final int READING = -1;

    private final Context context;
    private final Exchange exchange;
    private final UnsentTexts unsent = new UnsentTexts();

    public EventStream(Context context, Exchange exchange) {
        this.context = context;
        this.exchange = exchange;
    }

    @Override
    public void written(int sample, String text) {
        unsent.put(sample, text);
    }

    @Override
    public void read(int tokens, int of) {
        unsent.put(READING, reading(tokens, of));
    }

    /** The event that says how far a text has been read. */
    public static String reading(int tokens, int of) {
        return event(
                "reading",
                JsonAnswers.text(JsonAnswers.object().put("tokens", tokens).put("of", of)));
    }

    /**
     * Sends events until the answer is there.
     *
     * @param onText events for a sample and its text so far
     * @param onAnswer the last events
     * @param onFailure the last event where it failed
     */
    public void follow(
            CompletableFuture<T> answer,
            BiFunction<Integer, String, List<String>> onText,
            Function<T, List<String>> onAnswer,
            Function<RequestException, List<String>> onFailure)
            throws IOException {
        answer.whenComplete((value, failure) -> unsent.end());
        long until = System.nanoTime() + exchange.timeout().toNanos();
        try {
            OutputStream out = open(context, "text/event-stream");
            while (!unsent.over()) {
                Optional<UnsentTexts.Piece> piece = unsent.take(SIGN_OF_LIFE);
                if (piece.isPresent()) {
                    send(out, events(piece.get(), onText));
                } else if (!unsent.over()) {
                    send(out, List.of(":"));
                }
                if (System.nanoTime() > until && answer.completeExceptionally(exchange.late())) {
                    unsent.clear();
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

    private static List<String> events(UnsentTexts.Piece piece, BiFunction<Integer, String, List<String>> onText) {
        return piece.sample() == READING ? List.of(piece.text()) : onText.apply(piece.sample(), piece.text());
    }

    /** Begins an answer that comes piece by piece, which nobody on the way is to hold back; its head is sent. */
    public static OutputStream open(Context context, String contentType) throws IOException {
        context.status(200).contentType(contentType).header("Cache-Control", "no-store");
        context.header("X-Accel-Buffering", "no");
        OutputStream out = context.res().getOutputStream();
        out.flush();
        return out;
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
    public static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data;
    }

    /** An event without a name. */
    public static String data(String data) {
        return "data: " + data;
    }
}
