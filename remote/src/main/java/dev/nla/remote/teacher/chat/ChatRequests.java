package dev.nla.remote.teacher.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.ParserWords;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes the requests for texts. The request holds all that an answer depends on, model, prompt, text and settings, so its hash is the key
 * under which the answer is kept; the address is not part of it.
 *
 * @param model as the endpoint names it
 * @param prompt what is asked
 * @param settings every other field of a request
 */
public record ChatRequests(String model, PromptTemplate prompt, ObjectNode settings) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A request.
     *
     * @param key SHA-256 of the body, in hexadecimal digits
     * @param body JSON
     */
    public record Request(String key, String body) {}

    /**
     * Requests with the usual settings.
     *
     * @param maxTokens most tokens of an answer
     * @param temperature the endpoint's own where it is empty
     * @param more a JSON object of further fields; {@code null} takes one out
     * @throws InputException (usage) where a value is out of range or {@code more} is no JSON object
     */
    public static ChatRequests of(
            String model, PromptTemplate prompt, int maxTokens, OptionalDouble temperature, Optional<String> more) {
        if (maxTokens < 1 || !(temperature.orElse(0) >= 0)) {
            throw InputException.usage(
                    "%s %d, %s %s: at least 1 and at least 0 were expected",
                    Key.of("max_tokens"),
                    maxTokens,
                    Key.of("temperature"),
                    temperature.isPresent() ? temperature.getAsDouble() : "not given");
        }
        ObjectNode settings = MAPPER.createObjectNode().put("max_tokens", maxTokens);
        temperature.ifPresent(value -> settings.put("temperature", value));
        more.map(ChatRequests::object).ifPresent(fields -> fields.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                settings.remove(field.getKey());
            } else {
                settings.set(field.getKey(), field.getValue());
            }
        }));
        return new ChatRequests(model, prompt, settings);
    }

    /** The request for one text. */
    public Request of(String text) {
        ObjectNode body = MAPPER.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt.of(text));
        body.setAll(settings);
        String json = body.toString();
        byte[] digest = Sha256.digest().digest(json.getBytes(StandardCharsets.UTF_8));
        return new Request(HexFormat.of().formatHex(digest), json);
    }

    private static ObjectNode object(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw InputException.usage("%s %s: is no JSON: %s", Key.of("request"), json, ParserWords.of(e));
        }
        throw InputException.usage("%s %s: a JSON object was expected", Key.of("request"), json);
    }
}
