package dev.nla.train.run.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A file of JSON lines that grows at its end. Its length is part of a checkpoint, so that a resumed run can take back the lines that were
 * written after it. Numbers that are not finite become {@code null}, since JSON has none.
 */
public final class JsonLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final FileChannel channel;

    /** Opens the file at its end, or makes it. */
    public JsonLog(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.position(channel.size());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Appends one line, which the system has when this returns. */
    public void append(Map<String, ?> line) {
        Map<String, Object> clean = new LinkedHashMap<>();
        line.forEach((name, value) ->
                clean.put(name, value instanceof Double number && !Double.isFinite(number) ? null : value));
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap((JSON.writeValueAsString(clean) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Forces everything to disk and tells the length in bytes. */
    public long force() {
        try {
            channel.force(true);
            return channel.position();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Whether it has so many bytes; else lines are missing. */
    public boolean holds(long length) {
        try {
            return channel.size() >= length;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Takes back everything after the first {@code length} bytes. */
    public void truncate(long length) {
        try {
            channel.truncate(length);
            channel.position(channel.size());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /**
     * Takes back everything after the first {@code length} bytes but the whole lines at once behind them that are to be kept.
     *
     * @return how many lines were kept
     */
    public int truncate(long length, Predicate<JsonNode> kept) {
        int lines = 0;
        long end = length;
        try {
            byte[] rest = behind(length);
            int begin = 0;
            for (int i = 0; i < rest.length; i++) {
                if (rest[i] == '\n') {
                    if (!kept.test(parsed(rest, begin, i - begin))) {
                        break;
                    }
                    lines++;
                    begin = i + 1;
                    end = length + begin;
                }
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        truncate(end);
        return lines;
    }

    /** The whole line that begins after the first {@code length} bytes; missing where there is none. */
    public JsonNode lineAt(long length) {
        try {
            byte[] rest = behind(length);
            for (int i = 0; i < rest.length; i++) {
                if (rest[i] == '\n') {
                    return parsed(rest, 0, i);
                }
            }
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** The whole lines that are objects, from the first on. */
    public List<JsonNode> lines() {
        List<JsonNode> lines = new ArrayList<>();
        try {
            byte[] all = behind(0);
            int begin = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    JsonNode line = parsed(all, begin, i - begin);
                    begin = i + 1;
                    if (line.isObject()) {
                        lines.add(line);
                    }
                }
            }
            return lines;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private byte[] behind(long length) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(length, channel.size()));
            return in.readAllBytes();
        }
    }

    private static JsonNode parsed(byte[] bytes, int from, int length) throws IOException {
        try {
            return JSON.readTree(bytes, from, length);
        } catch (JsonProcessingException damaged) {
            return MissingNode.getInstance();
        }
    }

    private InputException cannotWrite(IOException e) {
        return InputException.data(
                e,
                "%s cannot be written (%s): make room, then go on from the last checkpoint with %s auto",
                file,
                FileFault.of(e),
                Key.of("resume"));
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }
}
