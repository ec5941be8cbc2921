package dev.nla.serve.http;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.http.exchange.JsonAnswers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Refuses requests whose head comes too slowly. Jetty closes connections on which nothing moves, but waits for a head as long as a byte comes
 * now and then, so that a few clients could take all connections for as long as they like.
 */
final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener, HttpConfiguration.Customizer {
    private static final int LOOKS = 4;
    private static final int LINGER_MILLIS = 500;

    /**
     * A connection without a request.
     *
     * @param bytes that had come when the last request was answered
     * @param since when more were seen first, by {@link System#nanoTime}; 0 for not yet
     */
    private record Waiting(long bytes, long since) {}

    private final Scheduler scheduler;
    private final Duration limit;
    private final Map<Connection, Waiting> waiting = new ConcurrentHashMap<>();

    /** @param limit from a head's first byte to its end, to within a quarter */
    HeadDeadline(Scheduler scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    @Override
    protected void doStart() {
        scheduler.schedule(this::look, limit.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, new Waiting(0, 0));
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    /** Called when a head is whole. */
    @Override
    public Request customize(Request request, HttpFields.Mutable headers) {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.remove(connection);
        Request.addCompletionListener(request, failure -> {
            waiting.put(connection, new Waiting(connection.getBytesIn(), 0));
            if (!connection.getEndPoint().isOpen()) {
                waiting.remove(connection);
            }
        });
        return request;
    }

    private void look() {
        long now = System.nanoTime();
        waiting.forEach((connection, head) -> {
            if (connection.getBytesIn() == head.bytes()) {
                return;
            }
            if (head.since() == 0) {
                waiting.replace(connection, head, new Waiting(head.bytes(), now));
            } else if (now - head.since() > limit.toNanos() && waiting.remove(connection, head)) {
                refuse(connection.getEndPoint());
            }
        });
        if (isStarted()) {
            doStart();
        }
    }

    /** Closes the connection a moment after the answer: what still comes would else take the answer from the client. */
    private void refuse(EndPoint client) {
        RequestException failure = RequestException.of(Fault.TOO_SLOW, "the request's head came too slowly");
        String body = JsonAnswers.text(JsonAnswers.error(failure));
        String answer = "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
        client.write(
                Callback.from(
                        () -> {
                            client.shutdownOutput();
                            scheduler.schedule(client::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
                        },
                        client::close),
                ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    }
}
