package dev.nla.model.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ParserWords;
import dev.nla.model.files.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file: 8 bytes of length (little endian), JSON of that length, then the data. As in Hugging Face's
 * own reader, tensors may neither overlap nor leave gaps, and the data ends where the last tensor ends.
 *
 * @param metadata the {@code __metadata__} strings
 * @param tensors the tensors in the order of their data
 */
record Header(Map<String, String> metadata, Map<String, TensorInfo> tensors) {
    /** The limit of Hugging Face's reader. */
    static final long LONGEST = 100_000_000;

    private static final JsonMapper STRICT = StrictJson.mapper();

    static Header read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw broken(file, "it has %d bytes, fewer than the 8 of the header length", size);
        }
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        fill(file, channel, prefix, 0);
        long length = prefix.getLong(0);
        if (length < 2 || length > LONGEST || length > size - 8) {
            throw broken(
                    file,
                    "its header should be %s bytes long but the file has %d",
                    Long.toUnsignedString(length),
                    size);
        }
        ByteBuffer json = ByteBuffer.allocate((int) length);
        fill(file, channel, json, 8);
        return parse(file, json.array(), 8 + length, size);
    }

    private static Header parse(Path file, byte[] json, long dataStart, long fileSize) {
        JsonNode root;
        try {
            root = STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw broken(file, "its header is not valid JSON: %s", ParserWords.of(e));
        } catch (IOException e) {
            throw broken(file, "its header is not valid JSON: %s", FileFault.of(e));
        }
        if (!root.isObject()) {
            throw broken(file, "its header is no JSON object");
        }
        Map<String, String> metadata = metadata(file, root.path("__metadata__"));
        List<TensorInfo> found = root.properties().stream()
                .filter(entry -> !entry.getKey().equals("__metadata__"))
                .map(entry -> tensor(file, entry.getKey(), entry.getValue(), dataStart, fileSize))
                .sorted(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end))
                .toList();
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        long position = dataStart;
        for (TensorInfo tensor : found) {
            if (tensor.begin() != position) {
                throw broken(
                        file,
                        "tensor %s starts at data offset %d where %d was expected: tensors %s",
                        tensor.name(),
                        tensor.begin() - dataStart,
                        position - dataStart,
                        tensor.begin() < position ? "overlap" : "leave a gap");
            }
            position = tensor.end();
            tensors.put(tensor.name(), tensor);
        }
        if (position != fileSize) {
            throw broken(file, "%d bytes follow the last tensor", fileSize - position);
        }
        return new Header(metadata, tensors);
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return metadata;
        }
        if (!node.isObject()) {
            throw broken(file, "__metadata__ is no JSON object");
        }
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw broken(file, "__metadata__.%s is %s, not a string", entry.getKey(), shortened(entry.getValue()));
            }
            metadata.put(entry.getKey(), entry.getValue().textValue());
        });
        return metadata;
    }

    private static TensorInfo tensor(Path file, String name, JsonNode node, long dataStart, long fileSize) {
        String typeName = node.path("dtype").asText();
        DType dtype = DType.named(typeName)
                .orElseThrow(() -> InputException.data(
                        "%s: tensor %s has dtype '%s': only %s are read; convert the file",
                        file, name, typeName, Arrays.toString(DType.values())));
        long[] shape = longs(file, name, "shape", node.path("shape"));
        long[] offsets = longs(file, name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw broken(file, "data_offsets of tensor %s are %s", name, Arrays.toString(offsets));
        }
        if (offsets[1] > fileSize - dataStart) {
            throw broken(
                    file,
                    "tensor %s ends at data offset %d but there are only %d bytes of data",
                    name,
                    offsets[1],
                    fileSize - dataStart);
        }
        long bytes = dtype.bytes();
        try {
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
        } catch (ArithmeticException e) {
            throw broken(file, "the shape %s of tensor %s is absurd", Arrays.toString(shape), name);
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw broken(
                    file,
                    "tensor %s is %s %s, which takes %d bytes, but data_offsets give it %d",
                    name,
                    dtype,
                    Arrays.toString(shape),
                    bytes,
                    offsets[1] - offsets[0]);
        }
        return new TensorInfo(name, dtype, shape, dataStart + offsets[0], dataStart + offsets[1]);
    }

    private static long[] longs(Path file, String name, String key, JsonNode node) {
        if (!node.isArray()) {
            throw broken(file, "%s of tensor %s is %s, not a list", key, name, shortened(node));
        }
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw broken(file, "%s of tensor %s holds %s", key, name, shortened(value));
            }
            values[i] = value.longValue();
        }
        return values;
    }

    private static String shortened(JsonNode node) {
        String text = node.isMissingNode() ? "missing" : node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static void fill(Path file, FileChannel channel, ByteBuffer into, long from) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw broken(file, "it ended while it was read");
            }
        }
    }

    private static InputException broken(Path file, String format, Object... arguments) {
        return InputException.data(
                "%s: not a whole safetensors file: %s; download or write it again",
                file, String.format(format, arguments));
    }
}
