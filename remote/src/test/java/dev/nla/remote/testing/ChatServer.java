package dev.nla.remote.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An endpoint of chat completions whose model describes every text as {@code • says: TEXT}, TEXT being the last line of the prompt, for 10
 * tokens of input and 5 of output.
 */
public final class ChatServer implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LocalServer server = new LocalServer("127.0.0.1", "chat", ChatServer::answer);

    /** The address to give as base. */
    public URI base() {
        return URI.create(server.address() + "/v1");
    }

    /** Once, a request whose body contains {@code part} gets this answer. */
    public ChatServer once(String part, HttpHandler answer) {
        server.once(part, answer);
        return this;
    }

    /** Many times over. */
    public ChatServer always(String part, HttpHandler answer) {
        server.always(part, answer);
        return this;
    }

    /** No more wrong answers, and what was asked is forgotten. */
    public void repair() {
        server.repair();
    }

    /** All requests so far. */
    public List<LocalServer.Request> requests() {
        return server.requests();
    }

    /** The texts that were asked about, in order. */
    public List<String> texts() {
        return requests().stream().map(request -> text(request.body())).toList();
    }

    /** A whole answer of the model with this content; null for none. */
    public static HttpHandler saying(String content) {
        return LocalServer.body(200, completion(content, "stop"));
    }

    /** An answer that the limit of tokens cut. */
    public static HttpHandler cutAtTheLimit(String content) {
        return LocalServer.body(200, completion(content, "length"));
    }

    /** An answer as JSON. */
    public static String completion(String content, String finishReason) {
        var tree = MAPPER.createObjectNode();
        tree.putArray("choices")
                .addObject()
                .put("finish_reason", finishReason)
                .putObject("message")
                .put("role", "assistant")
                .put("content", content);
        tree.putObject("usage").put("prompt_tokens", 10).put("completion_tokens", 5);
        return tree.toString();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
            LocalServer.body(404, "{\"detail\": \"Not Found\"}").handle(exchange);
            return;
        }
        String text = text(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        saying("<explanation>\n• says: " + text + "\n</explanation>").handle(exchange);
    }

    private static String text(String body) {
        try {
            JsonNode prompt = MAPPER.readTree(body).path("messages").path(0).path("content");
            List<String> lines = prompt.asText().strip().lines().toList();
            return lines.get(lines.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
