package dev.nla.remote.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A web server of this machine that remembers every request and can be told to answer some of them wrongly. */
public final class LocalServer implements AutoCloseable {
    /**
     * What was asked.
     *
     * @param line server, method and path, as in {@code hub GET /path}
     */
    public record Request(String line, Headers headers, String body) {}

    private record Fault(String part, HttpHandler answer) {}

    private final String host;
    private final String name;
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /**
     * Starts one.
     *
     * @param name stands in front of its requests
     * @param answer gives its right answers
     */
    public LocalServer(String host, String name, HttpHandler answer) {
        this.host = host;
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> remembered(exchange, answer));
        server.start();
    }

    /** Its address, without a slash at the end. */
    public URI address() {
        return URI.create("http://" + host + ":" + server.getAddress().getPort());
    }

    /** Once, a request whose line or body contains {@code part} gets this answer. */
    public void once(String part, HttpHandler answer) {
        faults.add(new Fault(part, answer));
    }

    /** Many times over. */
    public void always(String part, HttpHandler answer) {
        for (int i = 0; i < 100; i++) {
            once(part, answer);
        }
    }

    /** No more wrong answers, and what was asked is forgotten. */
    public void repair() {
        faults.clear();
        requests.clear();
    }

    /** All requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** An answer of a status with headers, name before value. */
    public static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    /** A body with its right length in the header that ends after some bytes. */
    public static HttpHandler cut(byte[] whole, int after) {
        return exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, after);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** A body that goes silent after some bytes; the connection stays. */
    public static HttpHandler silent(byte[] whole, int after) {
        return exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, after);
            exchange.getResponseBody().flush();
        };
    }

    /** A body without end. */
    public static HttpHandler endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                exchange.getResponseBody().write(blanks);
            }
        };
    }

    /** A connection that is closed without an answer. */
    public static HttpHandler broken() {
        return HttpExchange::close;
    }

    /** A body. */
    public static HttpHandler body(int status, byte[] bytes) {
        return exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            }
            exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(head ? new byte[0] : bytes);
            }
        };
    }

    /** A text as the body. */
    public static HttpHandler body(int status, String text) {
        return body(status, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void remembered(HttpExchange exchange, HttpHandler answer) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.setStreams(new ByteArrayInputStream(body), null);
        String line = name + " " + exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath();
        String text = new String(body, StandardCharsets.UTF_8);
        requests.add(new Request(line, exchange.getRequestHeaders(), text));
        taken(line + "\n" + text, answer).handle(exchange);
    }

    private synchronized HttpHandler taken(String request, HttpHandler otherwise) {
        for (Fault fault : faults) {
            if (request.contains(fault.part())) {
                faults.remove(fault);
                return fault.answer();
            }
        }
        return otherwise;
    }
}
