package dev.nla.model.tokenizer;

import dev.nla.model.InputException;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The library in a process of its own, which is started when it is first used. Where an expression ends that process, or takes too long, the
 * text is refused, and the next one gets a new process. One text at a time.
 */
final class ProcessCodec implements TextCodec {
    private static final String MEMORY = "-Xmx1g";

    private final byte[] json;
    private final Patience patience;
    private final TimeLimit time = new TimeLimit();
    private Process process;
    private DataOutputStream to;
    private DataInputStream from;

    ProcessCodec(byte[] json, Patience patience) {
        this.json = json;
        this.patience = patience;
    }

    /**
     * Starts the process, which reads the tokenizer.
     *
     * @throws IOException where it is none
     */
    synchronized void open() throws IOException {
        String fault = ask(json.length, "bytes", () -> {
            start();
            return from.readBoolean() ? "" : TokenizerProcess.text(from);
        });
        if (!fault.isEmpty()) {
            end();
            throw new IOException(fault);
        }
    }

    @Override
    public synchronized long[] encode(String text, boolean specials) {
        opened();
        return ask(text.length(), "characters", () -> {
            to.writeByte(specials ? TokenizerProcess.ENCODE_WITH_SPECIALS : TokenizerProcess.ENCODE);
            TokenizerProcess.write(to, text.getBytes(StandardCharsets.UTF_8));
            return TokenizerProcess.ids(from);
        });
    }

    @Override
    public synchronized String decode(long[] ids, boolean skipSpecials) {
        opened();
        return ask(ids.length, "tokens", () -> {
            to.writeByte(skipSpecials ? TokenizerProcess.DECODE_WITHOUT_SPECIALS : TokenizerProcess.DECODE);
            TokenizerProcess.write(to, ids);
            return TokenizerProcess.text(from);
        });
    }

    @Override
    public synchronized void close() {
        end();
    }

    private void opened() {
        if (process == null) {
            try {
                open();
            } catch (IOException e) {
                throw InputException.data(
                        e, "%s: is no tokenizer: %s; download it again", patience.file(), e.getMessage());
            }
        }
    }

    /** A question to the process and its answer. */
    private interface Question<T> {
        T answer() throws IOException;
    }

    private <T> T ask(int length, String unit, Question<T> question) {
        boolean answered = false;
        try {
            T answer = patience.during(time, length, unit, () -> {
                try {
                    return question.answer();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answered = true;
            return answer;
        } catch (UncheckedIOException e) {
            throw InputException.data(
                    e,
                    "%s: a text of %d %s has the tokenizer's library give up, as with a regular expression that tries more than ten"
                            + " million ways to match it: shorten the text, or take another tokenizer",
                    patience.file(),
                    length,
                    unit);
        } finally {
            if (!answered) {
                end();
            }
        }
    }

    private void start() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        MEMORY,
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenizerProcess.class.getName()))
                .redirectError(Redirect.DISCARD)
                .start();
        to = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        from = new DataInputStream(process.getInputStream());
        TokenizerProcess.write(to, json);
    }

    private void end() {
        if (process != null) {
            process.destroyForcibly();
            process = null;
        }
    }
}
