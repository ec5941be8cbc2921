package dev.nla.serve.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.generation.Sampling;
import dev.nla.model.tokenizer.Message;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A conversation to go on with, as OpenAI's clients ask for it. Parameters of theirs that mean nothing here are passed over.
 *
 * @param model {@value #BASE} or an adapter's name
 * @param messages the turns, oldest first
 * @param choices how many answers
 * @param sampling how they are written
 * @param seed of the sampling; drawn where the request has none
 * @param stops texts that end an answer and do not belong to it
 * @param usageInStream whether a stream ends with the number of tokens
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        int choices,
        Sampling sampling,
        long seed,
        List<String> stops,
        boolean usageInStream) {
    /** The name of the base model alone. */
    public static final String BASE = "base";

    private static final int MOST_MESSAGES = 1024;
    private static final int MOST_STOPS = 4;

    /** Reads a request. */
    public static ChatRequest read(Body body, Limits limits) {
        List<Message> messages = body.objects("messages", MOST_MESSAGES).stream()
                .map(message -> message(message, limits))
                .toList();
        String most = body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        Sampling sampling = new Sampling(
                body.real("temperature", 0, 100).orElse(1.0).floatValue(),
                0,
                body.real("top_p", Float.MIN_VALUE, 1).orElse(1.0).floatValue(),
                body.whole(most, 1, limits.maxNewTokens()).orElse(limits.maxNewTokens()));
        return new ChatRequest(
                body.requiredText("model"),
                messages,
                body.whole("n", 1, limits.samples()).orElse(1),
                sampling,
                body.number("seed").orElseGet(() -> ThreadLocalRandom.current().nextLong()),
                stops(body),
                body.object("stream_options")
                        .map(options -> options.flag("include_usage"))
                        .orElse(false));
    }

    private static Message message(Body body, Limits limits) {
        String role = body.requiredText("role");
        String content = content(body);
        if (content.length() > limits.textLength()) {
            throw RequestException.of(
                    Fault.TOO_LARGE,
                    new RequestException.Parameter(body.name("content")),
                    "has %d characters, more than the %d that are allowed",
                    content.length(),
                    limits.textLength());
        }
        return switch (role) {
            case "developer" -> new Message("system", content);
            case "system", "user", "assistant" -> new Message(role, content);
            default -> throw body.wrong("role", "system, user or assistant");
        };
    }

    /** The text of a message: a string, or a list of parts of type text. */
    private static String content(Body body) {
        Optional<JsonNode> content = body.value("content");
        if (content.isEmpty() || !content.get().isArray()) {
            return body.anyText("content");
        }
        StringBuilder text = new StringBuilder();
        for (Body part : body.objects("content", MOST_MESSAGES)) {
            if (!part.text("type").orElse("").equals("text")) {
                throw part.wrong("type", "text: no other parts are read");
            }
            text.append(part.anyText("text"));
        }
        return text.toString();
    }

    private static List<String> stops(Body body) {
        if (!body.has("stop") || body.fields().get("stop").isTextual()) {
            return body.text("stop").filter(stop -> !stop.isEmpty()).stream().toList();
        }
        if (body.fields().get("stop").isArray() && body.fields().get("stop").isEmpty()) {
            return List.of();
        }
        return body.list("stop", MOST_STOPS).stream()
                .map(stop -> stop.required(
                                node -> node.isTextual() && !node.textValue().isEmpty(), "a text that is not empty")
                        .textValue())
                .toList();
    }
}
