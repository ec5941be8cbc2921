package dev.nla.data.dataset.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.CheckedValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An object of an index, whose complaints name the file and the whole key, such as {@code shards[3].rows.bytes}.
 *
 * @param file the index
 * @param path what stands before the object's own keys: empty, or ends with a dot
 * @param tree the object
 */
record IndexEntry(Path file, String path, ObjectNode tree) {
    boolean has(String key) {
        return tree.hasNonNull(key);
    }

    IndexEntry entry(String key) {
        return new IndexEntry(file, path + key + ".", value(key).requiredObject());
    }

    /** The objects of a list. */
    List<IndexEntry> entries(String key) {
        List<IndexEntry> entries = new ArrayList<>();
        for (JsonNode each : value(key).required(JsonNode::isArray, "a list")) {
            String name = path + key + "[" + entries.size() + "]";
            entries.add(
                    new IndexEntry(file, name + ".", new CheckedValue(name, each, this::refusedAt).requiredObject()));
        }
        return entries;
    }

    int whole(String key, int least) {
        return value(key).requiredWhole(least, Integer.MAX_VALUE);
    }

    double number(String key) {
        return value(key)
                .required(node -> node.isNumber() && Double.isFinite(node.doubleValue()), "a finite number")
                .doubleValue();
    }

    /** So many finite numbers, as float32. */
    float[] floats(String key, int count) {
        JsonNode list =
                value(key).required(node -> node.isArray() && node.size() == count, "a list of " + count + " numbers");
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) list.get(i).asDouble(Double.NaN);
            if (!Float.isFinite(values[i])) {
                throw refused(key, "holds " + list.get(i) + " at " + i + ": expected finite numbers");
            }
        }
        return values;
    }

    StoredFile stored(String key) {
        IndexEntry entry = entry(key);
        return new StoredFile(
                entry.text("file", "[^./\\\\][^/\\\\]*", "the name of a file beside it"),
                entry.value("bytes")
                        .required(node -> node.canConvertToLong() && node.longValue() >= 0, "a number of bytes")
                        .longValue(),
                entry.text("sha256", "[0-9a-f]{64}", "64 hexadecimal digits"));
    }

    private String text(String key, String form, String expectation) {
        return value(key)
                .required(node -> node.isTextual() && node.textValue().matches(form), expectation)
                .textValue();
    }

    InputException refused(String key, String complaint) {
        return refusedAt(path + key, complaint);
    }

    private InputException refusedAt(String whole, String complaint) {
        return InputException.data("%s: %s %s", file, whole, complaint);
    }

    private CheckedValue value(String key) {
        return new CheckedValue(path + key, tree.get(key), this::refusedAt);
    }
}
