package dev.nla.serve.http.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.Body;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;

/**
 * Reading a request's body and waiting for its answer.
 *
 * @param maxBodyBytes most bytes of a body
 * @param idle after which a connection on which nothing moves is closed, and a body must be there
 * @param timeout after which an answer is no longer waited for
 * @param budget what all requests together may take
 */
public record Exchange(long maxBodyBytes, Duration idle, Duration timeout, BodyBudget budget) {
    private static final int PIECE = 1 << 13;
    private static final String SHARE = BodyBudget.Share.class.getName();
    /** How long an answer is waited for at most between two looks at whether its client is still there. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /**
     * Reads the body, which must be one JSON object.
     *
     * @param asked what is done with it: the tree is large, so nothing but its result is kept, and the texts of a request become tokens here
     */
    public <T> T read(Context context, Function<Body, T> asked) throws IOException {
        byte[] json = bytes(context);
        try {
            return budget.work(json.length, timeout, late(), () -> asked.apply(Body.parse(json)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        }
    }

    private byte[] bytes(Context context) throws IOException {
        if (context.req().getContentLengthLong() > maxBodyBytes) {
            throw tooLarge();
        }
        InputStream stream = context.req().getInputStream();
        BodyBudget.Share share = share(context);
        boolean crowded = false;
        long size = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long until = System.nanoTime() + idle.toNanos();
        for (int count = read(stream, piece); count >= 0; count = read(stream, piece)) {
            size += count;
            if (size > maxBodyBytes) {
                throw tooLarge();
            }
            if (System.nanoTime() > until) {
                throw tooSlow();
            }
            if (!crowded && share.take((long) BodyBudget.KEPT * count)) {
                bytes.write(piece, 0, count);
            } else {
                // Who is still sending would not hear the answer: the rest is read, and let go of.
                crowded = true;
                bytes = new ByteArrayOutputStream();
                share.release();
            }
        }
        if (crowded) {
            throw BodyBudget.crowded();
        }
        return bytes.toByteArray();
    }

    /**
     * Takes bytes of the budget until the answer has been sent, or could not be.
     *
     * @param parameter what to ask less of, where the budget is less than that
     */
    public void keep(Context context, String parameter, long bytes) {
        if (bytes > budget.most()) {
            throw RequestException.invalid(
                    parameter,
                    "asks for an answer of about %d bytes, more than the %d that all together may take of the server's memory: ask for less",
                    bytes,
                    budget.most());
        }
        if (!share(context).take(bytes)) {
            throw BodyBudget.crowded();
        }
    }

    private BodyBudget.Share share(Context context) {
        BodyBudget.Share share = context.attribute(SHARE);
        if (share != null) {
            return share;
        }
        BodyBudget.Share own = budget.new Share();
        context.attribute(SHARE, own);
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()), failure -> own.release());
        return own;
    }

    /** Reads on. A client that closes its half before the body is whole may still hear why there is no answer. */
    private static int read(InputStream stream, byte[] piece) throws IOException {
        try {
            return stream.read(piece);
        } catch (EofException e) {
            throw RequestException.of(Fault.INVALID_REQUEST, "the body could not be read to its end");
        }
    }

    /** What to say of a body that does not come. */
    public static RequestException tooSlow() {
        return RequestException.of(Fault.TOO_SLOW, "the body came too slowly");
    }

    private RequestException tooLarge() {
        return RequestException.of(
                Fault.TOO_LARGE, "the body has more than the %d bytes that are allowed", maxBodyBytes);
    }

    /**
     * Waits for an answer; one that takes too long, or whose client leaves, is given up.
     *
     * @throws EofException where the client left
     */
    public <T> T await(Context context, CompletableFuture<T> answer) throws IOException {
        return await(context, answer, () -> {});
    }

    /** Something that is done again and again while an answer is waited for. */
    @FunctionalInterface
    public interface Meanwhile {
        /** Does it. */
        void run() throws IOException;
    }

    /** The same, and does something a few times a second until the answer is there. */
    public <T> T await(Context context, CompletableFuture<T> answer, Meanwhile meanwhile) throws IOException {
        Presence client = new Presence(context);
        long look = Math.min(LOOK.toNanos(), idle.toNanos() / 3);
        long until = System.nanoTime() + timeout.toNanos();
        try {
            for (long left = timeout.toNanos(); left > 0; left = until - System.nanoTime()) {
                try {
                    return answer.get(Math.min(left, look), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (client.left()) {
                        throw new EofException("the client left");
                    }
                    client.waits();
                    meanwhile.run();
                }
            }
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            answer.cancel(false);
        }
    }

    private static RequestException stopping() {
        return RequestException.of(Fault.STOPPING, "the server is stopping: ask again when it is back");
    }

    /** What to say of an answer that was not there in time. */
    public RequestException late() {
        return RequestException.of(
                Fault.TIMEOUT, "there was no answer within %d seconds: ask for less, or later", timeout.toSeconds());
    }

    /** What to say of a failure. */
    public static RequestException failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RequestException refused) {
            return refused;
        }
        if (cause instanceof InputException input) {
            return RequestException.of(input);
        }
        return RequestException.of(Fault.INTERNAL, "the request failed inside the server; its log says where");
    }

    /** Sends an object. */
    public static void send(Context context, int status, ObjectNode answer) {
        context.status(status).contentType("application/json").result(JsonAnswers.text(answer));
    }
}
