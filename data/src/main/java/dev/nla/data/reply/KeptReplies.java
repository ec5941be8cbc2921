package dev.nla.data.reply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The replies of an unfinished run, in {@code .OUTPUT.replies} beside the output, a text's number and its reply a line. A run that is
 * started again asks the model for the others only.
 */
public final class KeptReplies implements AutoCloseable {
    private final Optional<KeptLines> lines;
    private final Map<Integer, String> replies;

    private KeptReplies(Optional<KeptLines> lines, Map<Integer, String> replies) {
        this.lines = lines;
        this.replies = replies;
    }

    /**
     * Opens what an earlier run into this output has left, or begins anew.
     *
     * @param inputs everything that replies depend on, the texts included
     * @param texts how many there are
     * @throws dev.nla.model.InputException where a run with other inputs has left replies there, or the file system refuses
     */
    public static KeptReplies open(Path output, WorkInputs inputs, int texts) {
        Map<Integer, String> replies = new HashMap<>();
        KeptLines lines = KeptLines.open(
                KeptLines.beside(output, "replies"), "replies", inputs, line -> remember(line, texts, replies));
        return new KeptReplies(Optional.of(lines), replies);
    }

    /** Replies that are not kept beyond this process. */
    public static KeptReplies inMemory() {
        return new KeptReplies(Optional.empty(), new HashMap<>());
    }

    private static boolean remember(JsonNode line, int texts, Map<Integer, String> replies) {
        int text = line.path(0).asInt(-1);
        if (text < 0 || text >= texts || !line.path(1).isTextual()) {
            return false;
        }
        replies.put(text, line.path(1).textValue());
        return true;
    }

    /** Whether all of these texts have their reply. */
    boolean has(List<Integer> texts) {
        return replies.keySet().containsAll(texts);
    }

    /** The reply to a text, where it has one. */
    Optional<String> of(int text) {
        return Optional.ofNullable(replies.get(text));
    }

    /** Keeps replies, which the disk has when this returns. */
    void keep(Map<Integer, String> written) {
        lines.ifPresent(file -> file.append(written.entrySet().stream()
                .map(reply -> List.of(reply.getKey(), reply.getValue()))
                .toList()));
        replies.putAll(written);
    }

    /** Deletes the file: the output is written. */
    public void delete() {
        lines.ifPresent(KeptLines::delete);
    }

    @Override
    public void close() {
        lines.ifPresent(KeptLines::close);
    }
}
