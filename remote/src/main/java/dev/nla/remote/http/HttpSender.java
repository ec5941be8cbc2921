package dev.nla.remote.http;

import dev.nla.model.InputException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests and never waits for ever: the JDK's own time limit ends with the headers, this one covers the body. Redirects are not
 * followed. Safe for several threads.
 */
public final class HttpSender {
    private final HttpClient client;

    /** A sender with a client of its own; it speaks HTTP/1.1, since small model servers stumble over the offer to upgrade. */
    public HttpSender() {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Sends a request whose whole answer must be there within {@code limit}; see the other form. */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Duration limit)
            throws TransientException, InterruptedException {
        return send(request, body, limit, () -> 0);
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param idle gives up when {@code progress} has not changed for so long
     * @param progress grows as the body arrives
     * @throws TransientException where the connection fails, breaks or stalls
     * @throws InputException where the server cannot prove who it is, and that of the body, which may refuse what it is given
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Duration idle, LongSupplier progress)
            throws TransientException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            long before = progress.getAsLong();
            while (true) {
                try {
                    return answer.get(idle.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    long now = progress.getAsLong();
                    if (now == before) {
                        throw new TransientException(
                                host(request) + (now == 0 ? " gave no whole answer within " : " sent nothing more for ")
                                        + idle.toMillis() / 1000.0 + " s",
                                e);
                    }
                    before = now;
                }
            }
        } catch (ExecutionException e) {
            throw failure(request, e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static TransientException failure(HttpRequest request, Throwable cause) {
        if (cause instanceof InputException refusal) {
            throw refusal;
        }
        if (cause instanceof SSLHandshakeException) {
            throw InputException.data(
                    cause,
                    "%s: no safe connection (%s): check the address, the clock, and proxies in between",
                    host(request),
                    reason(cause));
        }
        if (cause instanceof ConnectException) {
            return new TransientException("no connection to " + host(request), cause);
        }
        if (cause instanceof IOException) {
            return new TransientException("the answer of " + host(request) + " broke off: " + reason(cause), cause);
        }
        throw new IllegalStateException(cause);
    }

    private static String host(HttpRequest request) {
        return request.uri().getAuthority();
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? "the connection failed" : cause.getMessage();
    }
}
