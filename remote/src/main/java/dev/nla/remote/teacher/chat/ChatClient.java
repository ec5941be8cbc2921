package dev.nla.remote.teacher.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.KeyedText;
import dev.nla.model.files.WellFormedText;
import dev.nla.remote.http.AnswerHeaders;
import dev.nla.remote.http.HttpSender;
import dev.nla.remote.http.StreamedBody;
import dev.nla.remote.http.TransientException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Asks an OpenAI-compatible endpoint, once a call. Safe for several threads. */
public final class ChatClient {
    private static final int LONGEST_ANSWER = 8 << 20;
    private static final Set<Integer> THIS_REQUEST = Set.of(400, 413, 422);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TeacherEndpoint endpoint;
    private final Clock clock;
    private final HttpSender sender = new HttpSender();

    /** A client for an endpoint; {@code clock} reads its dates. */
    public ChatClient(TeacherEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * Asks.
     *
     * @throws TransientException where the endpoint is busy, breaks off or says something that is no answer
     * @throws InputException where no request can succeed: the address, the key or the model is wrong
     */
    public Reply ask(String body) throws TransientException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.completions())
                .header("Content-Type", "application/json")
                .header("User-Agent", "nla")
                .POST(BodyPublishers.ofString(body));
        endpoint.key().ifPresent(key -> request.header("Authorization", key.bearer()));
        HttpResponse<byte[]> response =
                sender.send(request.build(), info -> StreamedBody.limited(LONGEST_ANSWER), endpoint.patience());
        int status = response.statusCode();
        if (status == 200) {
            return answer(response.body());
        }
        String said = status + said(response.body());
        if (AnswerHeaders.isTransient(status)) {
            throw new TransientException("the endpoint answers " + said, AnswerHeaders.retryAfter(response, clock));
        }
        if (THIS_REQUEST.contains(status)) {
            return new Reply.Rejection("the endpoint refuses the request with " + said);
        }
        throw InputException.data("%s answers %s: %s", endpoint.completions(), said, remedy(status));
    }

    private static Reply answer(byte[] body) throws TransientException {
        try {
            JsonNode tree = MAPPER.readTree(body);
            WellFormedText.mend(tree);
            JsonNode choice = tree.path("choices").path(0);
            if (!choice.path("message").isObject()) {
                throw new TransientException("the endpoint gives no choices" + said(body), Optional.empty());
            }
            String content = content(choice.path("message").path("content"));
            JsonNode usage = tree.path("usage");
            return new Reply.Answer(
                    content.isBlank() ? Optional.empty() : Optional.of(content),
                    choice.path("finish_reason").asText(""),
                    usage.isObject()
                            ? Optional.of(new TokenUsage(
                                    usage.path("prompt_tokens").asLong(),
                                    usage.path("completion_tokens").asLong()))
                            : Optional.empty());
        } catch (IOException e) {
            throw new TransientException("the endpoint answers with what is no JSON", e);
        }
    }

    /** The text of a message: a string, or the parts of type text of a list, whose other parts are thoughts. */
    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.textValue() : "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (part.path("type").asText().equals("text")) {
                text.append(part.path("text").asText());
            }
        }
        return text.toString();
    }

    /** The message in an answer that is an error, whichever way it is wrapped; empty where there is none. */
    private static String said(byte[] body) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return "";
        }
        for (JsonNode place : new JsonNode[] {
            tree.path("error").path("message"), tree.path("error"), tree.path("message"), tree.path("detail")
        }) {
            if (place.isTextual() && !place.textValue().isBlank()) {
                return " (" + Shortened.of(place.textValue()) + ")";
            }
        }
        return "";
    }

    private static KeyedText remedy(int status) {
        return switch (status) {
            case 401, 403 ->
                KeyedText.of(
                        "name the variable that holds the key with %s, and check what it may be used for",
                        Key.of("api_key_env"));
            case 402 -> KeyedText.of("the account is out of credit");
            case 404 ->
                KeyedText.of("check %s, which mostly ends with /v1, and %s", Key.of("base_url"), Key.of("api_model"));
            default -> KeyedText.of("check %s", Key.of("base_url"));
        };
    }
}
