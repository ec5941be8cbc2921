package dev.nla.data.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The replies of an unfinished run, in {@code .OUTPUT.replies} beside the output: what they depend on in the first line, then a text's
 * number and its reply a line. A run that is started again asks the model for the others only.
 */
public final class KeptReplies implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Optional<FileChannel> channel;
    private final Map<Integer, String> replies;

    private KeptReplies(Path file, Optional<FileChannel> channel, Map<Integer, String> replies) {
        this.file = file;
        this.channel = channel;
        this.replies = replies;
    }

    /**
     * Opens what an earlier run into this output has left, or begins anew. A last line that a killed process left unfinished is taken off.
     *
     * @param settings everything that replies depend on beside the texts
     * @throws InputException where a run with other settings or texts has left replies there, or the file system refuses
     */
    public static KeptReplies open(Path output, List<String> settings, List<String> texts) {
        Path whole = output.toAbsolutePath().normalize();
        Path file = whole.resolveSibling("." + whole.getFileName() + ".replies");
        String identity = identity(settings, texts);
        try {
            Files.createDirectories(whole.getParent());
            Map<Integer, String> replies = new HashMap<>();
            long end = Files.exists(file) ? read(file, identity, texts.size(), replies) : 0;
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            KeptReplies kept = new KeptReplies(file, Optional.of(channel), replies);
            channel.truncate(end).position(end);
            if (end == 0) {
                kept.append(JSON.writeValueAsString(identity) + "\n");
            }
            return kept;
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Replies that are not kept beyond this process. */
    static KeptReplies inMemory() {
        return new KeptReplies(Path.of(""), Optional.empty(), new HashMap<>());
    }

    private static String identity(List<String> settings, List<String> texts) {
        try {
            return HexFormat.of().formatHex(Sha256.digest().digest(JSON.writeValueAsBytes(List.of(settings, texts))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads whole lines, and tells where the last of them ends. */
    private static long read(Path file, String identity, int texts, Map<Integer, String> replies) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                JsonNode line = parsed(bytes, begin, i - begin);
                if (begin == 0 && !line.asText().equals(identity)) {
                    throw InputException.data(
                            "%s: holds the replies of an unfinished run with other texts or settings: finish it with those, or delete the file",
                            file);
                }
                if (begin > 0) {
                    int text = line.path(0).asInt(-1);
                    if (text < 0 || text >= texts || !line.path(1).isTextual()) {
                        return begin;
                    }
                    replies.put(text, line.path(1).textValue());
                }
                begin = i + 1;
            }
        }
        return begin;
    }

    private static JsonNode parsed(byte[] bytes, int begin, int length) throws IOException {
        try {
            return JSON.readTree(bytes, begin, length);
        } catch (JsonProcessingException damaged) {
            return JSON.nullNode();
        }
    }

    /** Whether all of these texts have their reply. */
    boolean has(List<Integer> texts) {
        return replies.keySet().containsAll(texts);
    }

    /** The reply to a text that has one. */
    String of(int text) {
        return replies.get(text);
    }

    /** Keeps replies, which the disk has when this returns. */
    void keep(Map<Integer, String> written) {
        try {
            StringBuilder lines = new StringBuilder();
            for (Map.Entry<Integer, String> reply : written.entrySet()) {
                lines.append(JSON.writeValueAsString(List.of(reply.getKey(), reply.getValue())))
                        .append('\n');
            }
            append(lines.toString());
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        replies.putAll(written);
    }

    private void append(String text) throws IOException {
        if (channel.isPresent()) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.get().write(bytes);
            }
            channel.get().force(false);
        }
    }

    /** Deletes the file: the output is written. */
    public void delete() {
        try {
            close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be deleted: %s", file, FileFault.of(e));
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static InputException cannotWrite(Path file, IOException e) {
        return InputException.data(
                e, "%s: cannot be written: %s: check permissions and the free space", file, FileFault.of(e));
    }
}
