package dev.nla.serve.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.CheckedValue;
import dev.nla.model.files.ParserWords;
import dev.nla.model.files.StrictJson;
import dev.nla.model.files.WellFormedText;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A JSON object of a request whose values are taken out with their type checked; every complaint names the parameter.
 *
 * @param place what stands before a key's name in complaints, empty for the request itself
 * @param fields the object
 */
public record Body(String place, ObjectNode fields) {
    // NaN is no JSON, but what sends it is better told that a vector must be finite than that a comma was expected.
    private static final ObjectMapper MAPPER = StrictJson.mapperWithNaN();

    /** Reads a request's body, which must be one JSON object. */
    public static Body parse(byte[] json) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                WellFormedText.mend(object);
                return new Body("", object);
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw RequestException.of(
                    Fault.INVALID_REQUEST, "the body is not JSON, line %d: %s", line, ParserWords.of(e));
        } catch (IOException e) {
            throw RequestException.of(Fault.INVALID_REQUEST, "the body is not JSON in UTF-8");
        }
        throw RequestException.of(Fault.INVALID_REQUEST, "the body must be one JSON object");
    }

    /** Refuses every key but these. */
    public Body only(String... known) {
        fields.fieldNames().forEachRemaining(key -> {
            if (!List.of(known).contains(key)) {
                throw RequestException.invalid(name(key), "unknown parameter; known are %s", String.join(", ", known));
            }
        });
        return this;
    }

    /** Whether there is a value other than null. */
    public boolean has(String key) {
        return fields.hasNonNull(key);
    }

    /** A text, where it is there. */
    public Optional<String> text(String key) {
        return checked(key).text();
    }

    /** A text that must be there, be it an empty one. */
    public String anyText(String key) {
        return checked(key).requiredText();
    }

    /** A text that must be there and hold more than blanks. */
    public String requiredText(String key) {
        return checked(key).filledText();
    }

    /** A whole number from {@code least} to {@code most}, where it is there. */
    public OptionalInt whole(String key, int least, int most) {
        return checked(key).whole(least, most);
    }

    /** A whole number of 64 bits, where it is there. */
    public Optional<Long> number(String key) {
        return checked(key)
                .checked(
                        node -> node.isIntegralNumber() && node.canConvertToLong(), "a whole number of at most 64 bits")
                .map(JsonNode::longValue);
    }

    /** A number from {@code least} to {@code most}, where it is there. */
    public Optional<Double> real(String key, double least, double most) {
        return checked(key)
                .checked(
                        node -> node.isNumber() && node.doubleValue() >= least && node.doubleValue() <= most,
                        "a number from " + shown(least) + " to " + shown(most))
                .map(JsonNode::doubleValue);
    }

    /** True or false; false where it is not there. */
    public boolean flag(String key) {
        return checked(key).flag().orElse(false);
    }

    /** An object, where it is there. */
    public Optional<Body> object(String key) {
        return checked(key).object().map(object -> new Body(name(key) + ".", object));
    }

    /** A list of objects that must be there and have from one to {@code most} of them. */
    public List<Body> objects(String key, int most) {
        return list(key, most).stream()
                .map(value -> new Body(value.key() + ".", value.requiredObject()))
                .toList();
    }

    /** The values of a list that must be there and have from one to {@code most} of them. */
    public List<CheckedValue> list(String key, int most) {
        JsonNode node = checked(key).required(JsonNode::isArray, "a list");
        if (node.isEmpty() || node.size() > most) {
            throw RequestException.invalid(name(key), "has %d entries, expected 1 to %d", node.size(), most);
        }
        return IntStream.range(0, node.size())
                .mapToObj(i -> entry(key, node, i))
                .toList();
    }

    /** A vector of exactly {@code width} finite float32 numbers, where it is there. */
    public Optional<float[]> vector(String key, int width) {
        return checked(key).checked(JsonNode::isArray, "a list of numbers").map(node -> {
            if (node.size() != width) {
                throw RequestException.invalid(
                        name(key), "has %d numbers but the model's activations have %d", node.size(), width);
            }
            float[] vector = new float[width];
            for (int i = 0; i < width; i++) {
                vector[i] = node.get(i).isNumber() ? node.get(i).floatValue() : Float.NaN;
                if (!Float.isFinite(vector[i])) {
                    throw entry(key, node, i).wrong("a finite float32 number");
                }
            }
            return vector;
        });
    }

    /** A value, which may be missing, with its name. */
    CheckedValue checked(String key) {
        return new CheckedValue(name(key), fields.get(key), Body::refused);
    }

    /** A value of a list, with its name. */
    CheckedValue entry(String key, JsonNode list, int index) {
        return new CheckedValue(name(key) + "[" + index + "]", list.get(index), Body::refused);
    }

    /** A value, where it is there and not null. */
    public Optional<JsonNode> value(String key) {
        return Optional.ofNullable(fields.get(key)).filter(node -> !node.isNull());
    }

    /** The full name of a parameter. */
    public String name(String key) {
        return place + key;
    }

    /**
     * A complaint about a value.
     *
     * @param expectation what was expected; ends the sentence {@code expected …}
     */
    public RequestException wrong(String key, String expectation) {
        return refused(name(key), checked(key).complaint(expectation));
    }

    private static RequestException refused(String name, String complaint) {
        return RequestException.invalid(name, "%s", complaint);
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
