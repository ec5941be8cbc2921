package dev.nla.serve.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.ParserWords;
import dev.nla.model.files.StrictJson;
import dev.nla.model.files.WellFormedText;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** A string, where it is there. */
    public Optional<String> text(String key) {
        return value(key).map(node -> {
            if (!node.isTextual()) {
                throw wrong(key, node, "a string");
            }
            return node.textValue();
        });
    }

    /** A string that must be there and hold more than blanks. */
    public String requiredText(String key) {
        String text = text(key).orElseThrow(() -> RequestException.invalid(name(key), "is missing: give a string"));
        if (text.isBlank()) {
            throw RequestException.invalid(name(key), "is empty");
        }
        return text;
    }

    /** A whole number from {@code least} to {@code most}, where it is there. */
    public OptionalInt whole(String key, int least, int most) {
        Optional<JsonNode> node = value(key);
        return node.isPresent() ? OptionalInt.of(whole(name(key), node.get(), least, most)) : OptionalInt.empty();
    }

    /** A whole number of 64 bits, where it is there. */
    public Optional<Long> number(String key) {
        return value(key).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw wrong(key, node, "a whole number of at most 64 bits");
            }
            return node.longValue();
        });
    }

    /** A number from {@code least} to {@code most}, where it is there. */
    public Optional<Double> real(String key, double least, double most) {
        return value(key).map(node -> {
            double number = node.isNumber() ? node.doubleValue() : Double.NaN;
            if (!(number >= least && number <= most)) {
                throw wrong(key, node, "a number from " + shown(least) + " to " + shown(most));
            }
            return number;
        });
    }

    /** True or false; false where it is not there. */
    public boolean flag(String key) {
        return value(key)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw wrong(key, node, "true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    /** An object, where it is there. */
    public Optional<Body> object(String key) {
        return value(key).map(node -> {
            if (node instanceof ObjectNode object) {
                return new Body(name(key) + ".", object);
            }
            throw wrong(key, node, "an object");
        });
    }

    /** A list of objects that must be there and have from one to {@code most} of them. */
    public List<Body> objects(String key, int most) {
        List<JsonNode> nodes = list(key, most);
        List<Body> out = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (!(nodes.get(i) instanceof ObjectNode object)) {
                throw RequestException.invalid(name(key) + "[" + i + "]", "is not an object");
            }
            out.add(new Body(name(key) + "[" + i + "].", object));
        }
        return out;
    }

    /** A list that must be there and have from one to {@code most} values. */
    public List<JsonNode> list(String key, int most) {
        JsonNode node = value(key).orElseThrow(() -> RequestException.invalid(name(key), "is missing: give a list"));
        if (!node.isArray()) {
            throw wrong(key, node, "a list");
        }
        if (node.isEmpty() || node.size() > most) {
            throw RequestException.invalid(name(key), "has %d entries, expected 1 to %d", node.size(), most);
        }
        List<JsonNode> out = new ArrayList<>();
        node.forEach(out::add);
        return out;
    }

    /** A vector of exactly {@code width} finite float32 numbers, where it is there. */
    public Optional<float[]> vector(String key, int width) {
        return value(key).map(node -> {
            if (!node.isArray()) {
                throw wrong(key, node, "a list of numbers");
            }
            if (node.size() != width) {
                throw RequestException.invalid(
                        name(key), "has %d numbers but the model's activations have %d", node.size(), width);
            }
            float[] vector = new float[width];
            for (int i = 0; i < width; i++) {
                vector[i] = node.get(i).isNumber() ? node.get(i).floatValue() : Float.NaN;
                if (!Float.isFinite(vector[i])) {
                    throw RequestException.invalid(
                            name(key) + "[" + i + "]", "is %s: expected a finite float32 number", shown(node.get(i)));
                }
            }
            return vector;
        });
    }

    /** A whole number that stands at a place; see {@link #whole(String, int, int)}. */
    public static int whole(String place, JsonNode node, int least, int most) {
        boolean inside = node.isIntegralNumber()
                && node.canConvertToInt()
                && node.intValue() >= least
                && node.intValue() <= most;
        if (!inside) {
            throw RequestException.invalid(
                    place, "is %s: expected a whole number from %d to %d", shortened(node), least, most);
        }
        return node.intValue();
    }

    /** A value, where it is there and not null. */
    public Optional<JsonNode> value(String key) {
        return Optional.ofNullable(fields.get(key)).filter(node -> !node.isNull());
    }

    /** The full name of a parameter. */
    public String name(String key) {
        return place + key;
    }

    /** A complaint about a value of a wrong type or size. */
    public RequestException wrong(String key, JsonNode node, String expected) {
        return RequestException.invalid(name(key), "is %s: expected %s", shortened(node), expected);
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    /** NaN and infinities are written as texts by JSON. */
    private static String shown(JsonNode node) {
        return node.isNumber() ? node.asText() : shortened(node);
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
