package dev.nla.remote.teacher.answer;

import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ProcessLock;
import dev.nla.remote.teacher.chat.Reply;
import dev.nla.remote.teacher.chat.TokenUsage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every answer that was ever given, a line each, forced to disk before the next is asked for: {@code key}, {@code id} of the first text it
 * was for, {@code content}, {@code finish_reason}, {@code prompt_tokens}, {@code completion_tokens}. One process at a time writes it.
 * Safe for several threads.
 */
public final class AnswerFile implements AutoCloseable {
    private static final int BACKWARD = 8192;

    private final Path file;
    private final ProcessLock lock;
    private final FileChannel channel;
    private final Map<String, List<Reply.Answer>> answers = new HashMap<>();

    private AnswerFile(Path file, ProcessLock lock, FileChannel channel) {
        this.file = file;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Opens or makes the file and reads what is in it. A last line that a killed process left unfinished is taken off.
     *
     * @throws InputException where another process writes to it, a line is no answer, or the file system refuses
     */
    public static AnswerFile open(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        try {
            ProcessLock lock = ProcessLock.tryTake(whole.resolveSibling("." + whole.getFileName() + ".lock"))
                    .orElseThrow(() -> InputException.data(
                            "%s: another process is asking for these descriptions: wait for it or choose another %s",
                            file, Key.of("answers")));
            try {
                return open(file, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static AnswerFile open(Path file, ProcessLock lock) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            AnswerFile opened = new AnswerFile(file, lock, channel);
            opened.takeOffUnfinishedLine();
            JsonLines.forEach(file, opened::remember);
            return opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The answers to a request so far, in the order they came. */
    public synchronized List<Reply.Answer> of(String key) {
        return List.copyOf(answers.getOrDefault(key, List.of()));
    }

    /**
     * Keeps an answer.
     *
     * @param id the text it is for, for people who read the file
     */
    public synchronized void append(String key, String id, Reply.Answer answer) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("key", key);
        line.put("id", id);
        line.put("content", answer.content().orElse(null));
        line.put("finish_reason", answer.finishReason());
        answer.usage().ifPresent(usage -> {
            line.put("prompt_tokens", usage.input());
            line.put("completion_tokens", usage.output());
        });
        try {
            StringWriter text = new StringWriter();
            JsonLines.append(text, line);
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        answers.computeIfAbsent(key, each -> new ArrayList<>()).add(answer);
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
            lock.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private void remember(JsonLine line) {
        boolean counted = line.fields().hasNonNull("prompt_tokens");
        Reply.Answer answer = new Reply.Answer(
                line.optionalText("content"),
                line.optionalText("finish_reason").orElse(""),
                counted
                        ? Optional.of(
                                new TokenUsage(line.count("prompt_tokens", 0), line.count("completion_tokens", 0)))
                        : Optional.empty());
        answers.computeIfAbsent(line.requiredText("key"), each -> new ArrayList<>())
                .add(answer);
    }

    private void takeOffUnfinishedLine() throws IOException {
        long end = channel.size();
        ByteBuffer part = ByteBuffer.allocate(BACKWARD);
        while (end > 0) {
            long begin = Math.max(0, end - BACKWARD);
            part.clear().limit((int) (end - begin));
            int read = 0;
            while (read >= 0 && part.hasRemaining()) {
                read = channel.read(part, begin + part.position());
            }
            for (int i = part.position() - 1; i >= 0; i--) {
                if (part.get(i) == '\n') {
                    cut(begin + i + 1);
                    return;
                }
            }
            end = begin;
        }
        cut(0);
    }

    private void cut(long length) throws IOException {
        channel.truncate(length);
        channel.position(length);
    }

    private static InputException cannotWrite(Path file, IOException e) {
        return InputException.data(
                e, "%s: cannot be written: %s: check permissions and the free space", file, FileFault.of(e));
    }
}
