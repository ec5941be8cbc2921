package dev.nla.serve.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.serve.NlaServer;
import dev.nla.serve.http.ServeSettings;
import dev.nla.serve.metrics.ServerMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server over a fake engine on a free port, and a client of it. */
public final class TestServer implements AutoCloseable {
    private final NlaServer server;
    private final Queue<String> access = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Optional<String> token;

    /** Starts a server. */
    public TestServer(ServeSettings settings, FakeEngine engine) {
        server = new NlaServer(settings, engine, new ServerMetrics(), access::add);
        token = settings.token();
    }

    /** Settings of tests, with small limits. */
    public static ServeSettings settings(
            Optional<String> token, int maxBody, Duration request, Duration idle, int connections) {
        return new ServeSettings(
                "127.0.0.1", 0, token, maxBody, request, idle, connections, Duration.ofSeconds(5), 32, 4);
    }

    /** Settings of tests that try none of the limits. */
    public static ServeSettings settings() {
        return settings(Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofSeconds(30), 64);
    }

    /** The lines of its access log so far. */
    public List<String> access() {
        return List.copyOf(access);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** A request to a path, with the token. */
    public HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** Gets a path. */
    public HttpResponse<String> get(String path) {
        return send(to(path).build());
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String path, String json) {
        return send(json(path, json));
    }

    /** A request with JSON. */
    public HttpRequest json(String path, String json) {
        return to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    /** Sends a request. */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The client, for requests that do not wait. */
    public HttpClient client() {
        return client;
    }

    /** Opens a bare connection and sends some bytes. */
    public Socket connect(String bytes) throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** The head of a request whose body the test sends. */
    public static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    /** Everything that comes until the server closes the connection. */
    public static String all(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The JSON of an answer. */
    public static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
