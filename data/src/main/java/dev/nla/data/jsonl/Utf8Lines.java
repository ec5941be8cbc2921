package dev.nla.data.jsonl;

import dev.nla.model.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a UTF-8 file, ended by LF, CR or both; a byte order mark at the start is passed over. */
public final class Utf8Lines implements AutoCloseable {
    private static final int LONGEST = 64 << 20;

    private final Path file;
    private final InputStream bytes;
    private int number;
    private int ahead = -2;

    /** The lines of a file. */
    public Utf8Lines(Path file) throws IOException {
        this(file, Files.newInputStream(file));
    }

    /** The lines of a stream, which is closed with them; the file names them in complaints. */
    public Utf8Lines(Path file, InputStream bytes) {
        this.file = file;
        this.bytes = new BufferedInputStream(bytes, 1 << 16);
    }

    /** The number of the line that was read last, counted from 1. */
    public int number() {
        return number;
    }

    /** The next line; null at the end of the file. */
    public String next() throws IOException {
        int next = read();
        if (next < 0) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (next >= 0 && next != '\n' && next != '\r') {
            line.write(next);
            if (line.size() > LONGEST) {
                throw InputException.data("%s:%d: the line is longer than %d MiB", file, number, LONGEST >> 20);
            }
            next = read();
        }
        if (next == '\r') {
            int after = read();
            ahead = after == '\n' ? -2 : after;
        }
        return text(line);
    }

    private int read() throws IOException {
        int next = ahead == -2 ? bytes.read() : ahead;
        ahead = -2;
        return next;
    }

    private String text(ByteArrayOutputStream line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw InputException.data(e, "%s:%d: the text is not UTF-8: convert the file", file, number);
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
