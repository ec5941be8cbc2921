package dev.nla.model.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A JSON or YAML object read from a file, with accessors that check. Keys are dotted paths ({@code rope_scaling.factor}). A key that is
 * absent or null counts as missing. Every complaint names the file, the key, the value and what was expected.
 *
 * @param file where it was read, for messages
 * @param tree the whole object; callers must not change it
 */
public record Document(Path file, ObjectNode tree) {
    private static final ObjectMapper YAML = YAMLMapper.builder(new NonFiniteYamlFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads a JSON file whose top level is an object; a key given twice is an error. */
    public static Document json(Path file) {
        return parse(file, StrictJson.mapper(), "JSON");
    }

    /** Reads a YAML file whose top level is a mapping; a key given twice is an error. */
    public static Document yaml(Path file) {
        return parse(file, YAML, "YAML");
    }

    /**
     * Reads YAML that is at hand as {@link #yaml(Path)} reads a file.
     *
     * @param name what messages call it
     */
    public static Document yaml(Path name, String text) {
        return parse(name, YAML, "YAML", text);
    }

    private static Document parse(Path file, ObjectMapper mapper, String format) {
        try {
            return parse(file, mapper, format, Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw InputException.data(e, "%s: there is no such file", file);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read as UTF-8 text: %s", file, FileFault.of(e));
        }
    }

    private static Document parse(Path file, ObjectMapper mapper, String format, String text) {
        try {
            JsonNode tree = mapper.readTree(text);
            if (tree instanceof ObjectNode object) {
                WellFormedText.mend(object);
                return new Document(file, object);
            }
            throw InputException.data("%s: its top level is no %s mapping of keys to values", file, format);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw InputException.data(e, "%s: line %d: is not valid %s: %s", file, line, format, ParserWords.of(e));
        }
    }

    /** The value at a dotted path; a missing node where there is none or it is null. */
    public JsonNode at(String path) {
        JsonNode node = tree;
        for (String key : path.split("\\.")) {
            node = node.path(key);
        }
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    /** Whether there is a value that is not null. */
    public boolean has(String path) {
        return !at(path).isMissingNode();
    }

    /** The text at the path, if it is there; anything but text is refused. */
    public Optional<String> text(String path) {
        return value(path).text();
    }

    /** The text at the path, which must be there. */
    public String requiredText(String path) {
        return value(path).requiredText();
    }

    /** The object at the path, which must be there. */
    public ObjectNode requiredObject(String path) {
        return value(path).requiredObject();
    }

    /** The finite number at the path, which must be there. */
    public double requiredNumber(String path) {
        return requiredNumber(path, at(path));
    }

    /** A value that stands below the path, which must be a finite number. */
    public double requiredNumber(String path, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(path, "finite numbers");
        }
        return node.doubleValue();
    }

    /** What is made of the value at the path; what its maker does not accept is blamed on the path. */
    public <T> T made(String path, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw wrong(path, e.getMessage());
        }
    }

    /** The whole number at the path, if it is there, between {@code least} and {@code most}; it may be written {@code 3.0}. */
    public OptionalInt integer(String path, int least, int most) {
        return whole(path).whole(least, most);
    }

    /** The whole number at the path, which must be there and between {@code least} and {@code most}. */
    public int requiredInteger(String path, int least, int most) {
        return whole(path).requiredWhole(least, most);
    }

    /** The token id at the path, if it is there: a whole number from 0 on. */
    public OptionalLong id(String path) {
        OptionalInt id = integer(path, 0, Integer.MAX_VALUE);
        return id.isPresent() ? OptionalLong.of(id.getAsInt()) : OptionalLong.empty();
    }

    /** The token ids at the path, given as one number or a list; empty where there are none. */
    public List<Long> ids(String path) {
        JsonNode node = at(path);
        if (!node.isArray()) {
            return id(path).stream().boxed().toList();
        }
        List<Long> ids = new ArrayList<>();
        for (JsonNode each : node) {
            if (!each.isIntegralNumber() || !each.canConvertToInt() || each.intValue() < 0) {
                throw wrong(path, "a list of token ids");
            }
            ids.add(each.longValue());
        }
        return List.copyOf(ids);
    }

    /** The finite number above zero at the path, if it is there. */
    public OptionalDouble positive(String path) {
        Optional<JsonNode> found = value(path)
                .checked(
                        node -> node.isNumber() && node.doubleValue() > 0 && Double.isFinite(node.doubleValue()),
                        "a number above 0");
        return found.isPresent() ? OptionalDouble.of(found.get().doubleValue()) : OptionalDouble.empty();
    }

    /** The flag at the path, or {@code otherwise} where there is none. */
    public boolean flag(String path, boolean otherwise) {
        return value(path).flag().orElse(otherwise);
    }

    /** The texts at the path, given as one text or a list; empty where there are none. */
    public List<String> texts(String path) {
        JsonNode node = at(path);
        if (!node.isArray()) {
            return text(path).stream().toList();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node) {
            if (!each.isTextual()) {
                throw wrong(path, "a list of texts");
            }
            texts.add(each.textValue());
        }
        return List.copyOf(texts);
    }

    /**
     * A complaint about the value at a path.
     *
     * @param expectation what was expected and, where there is one, the way out; ends the sentence {@code expected …}
     */
    public InputException wrong(String path, String expectation) {
        return refused(path, value(path).complaint(expectation));
    }

    private InputException refused(String path, String complaint) {
        return InputException.data("%s: %s %s", file, path, complaint);
    }

    private CheckedValue value(String path) {
        return value(path, at(path));
    }

    private CheckedValue value(String path, JsonNode node) {
        return new CheckedValue(path, node, this::refused);
    }

    /** Other programs write whole numbers as {@code 3.0} here and there. */
    private CheckedValue whole(String path) {
        JsonNode node = at(path);
        boolean whole = node.isFloatingPointNumber()
                && node.canConvertToLong()
                && node.doubleValue() == Math.rint(node.doubleValue());
        return value(path, whole ? LongNode.valueOf(node.longValue()) : node);
    }
}
