package dev.nla.data.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The pieces of work that are done, in a file of JSON lines: what they depend on in the first line, then a piece a line, forced to disk
 * before the next is worked at. The caller sees to it that one process at a time has the file. Not safe for use by several threads.
 */
public final class KeptLines implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final FileChannel channel;
    private boolean empty;

    private KeptLines(Path file, FileChannel channel, boolean empty) {
        this.file = file;
        this.channel = channel;
        this.empty = empty;
    }

    /** The hidden file {@code .OUTPUT.NAME} beside an output. */
    public static Path beside(Path output, String name) {
        Path whole = output.toAbsolutePath().normalize();
        if (whole.getFileName() == null) {
            throw InputException.data("%s: is no name for an output", output);
        }
        return whole.resolveSibling("." + whole.getFileName() + "." + name);
    }

    /**
     * Opens what an earlier run has left, or begins anew. A last line that a killed process left unfinished is taken off.
     *
     * @param what the pieces are, for messages, such as {@code replies}
     * @param inputs what they depend on
     * @param piece is given each of them; false where it is none, from where on everything is done anew
     * @throws InputException where a run with other inputs has left pieces there, or the file system refuses
     */
    public static KeptLines open(Path file, String what, WorkInputs inputs, Predicate<JsonNode> piece) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Read read = Files.exists(file) ? read(file, what, inputs, piece) : new Read(0, true);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(read.end).position(read.end);
            KeptLines kept = new KeptLines(file, channel, read.empty);
            if (read.end == 0) {
                kept.append(JSON.writeValueAsString(inputs.values()) + "\n");
            }
            return kept;
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * What was found in a file.
     *
     * @param end of its last whole line that counts, in bytes
     * @param empty whether it holds no piece
     */
    private record Read(int end, boolean empty) {}

    /** A file without pieces is begun anew, whatever its inputs. */
    private static Read read(Path file, String what, WorkInputs inputs, Predicate<JsonNode> piece) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int head = lineEnd(bytes, 0);
        int end = head;
        for (int next = lineEnd(bytes, end); head > 0 && next > end; next = lineEnd(bytes, end)) {
            if (end == head) {
                requireSame(file, what, parsed(bytes, 0, head), inputs);
            }
            if (!piece.test(parsed(bytes, end, next))) {
                break;
            }
            end = next;
        }
        return end == head ? new Read(0, true) : new Read(end, false);
    }

    /** Behind the line break of the line that begins there; the same place where there is no whole line. */
    private static int lineEnd(byte[] bytes, int begin) {
        for (int i = begin; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return begin;
    }

    private static JsonNode parsed(byte[] bytes, int begin, int end) throws IOException {
        try {
            return JSON.readTree(bytes, begin, end - begin);
        } catch (JsonProcessingException damaged) {
            return JSON.missingNode();
        }
    }

    private static void requireSame(Path file, String what, JsonNode head, WorkInputs inputs) {
        Map<String, String> before = new TreeMap<>();
        if (head instanceof ObjectNode named) {
            named.properties()
                    .forEach(each -> before.put(each.getKey(), each.getValue().asText()));
        }
        List<String> differing = new WorkInputs(before).differing(inputs);
        if (!differing.isEmpty()) {
            throw InputException.data(
                    "%s: holds the %s of an unfinished run with other inputs (%s): finish it with those, or delete the file",
                    file, what, String.join("; ", differing));
        }
    }

    /** Keeps pieces, one a line, which the disk has when this returns. */
    public void append(List<?> pieces) {
        try {
            StringBuilder lines = new StringBuilder();
            for (Object piece : pieces) {
                lines.append(JSON.writeValueAsString(piece)).append('\n');
            }
            append(lines.toString());
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        empty &= pieces.isEmpty();
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** Deletes the file: the work is done. */
    public void delete() {
        empty = true;
        close();
    }

    /** Leaves the file to the next run; one that holds nothing is deleted. */
    @Override
    public void close() {
        try {
            channel.close();
            if (empty) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be closed or deleted: %s", file, FileFault.of(e));
        }
    }

    private static InputException cannotWrite(Path file, IOException e) {
        return InputException.data(
                e, "%s: cannot be written: %s: check permissions and the free space", file, FileFault.of(e));
    }
}
