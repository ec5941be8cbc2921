package dev.nla.data.jsonl;

import dev.nla.model.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a UTF-8 file, ended by LF, CR or both; a byte order mark at the start is passed over. */
public final class Utf8Lines implements AutoCloseable {
    private static final int LONGEST = 64 << 20;

    private final Path file;
    private final InputStream bytes;
    /** A piece of the file, of which bytes {@code at} to {@code end - 1} are still to be read. */
    private final byte[] piece;

    private int at;
    private int end;
    /** How many bytes stand in the file before the piece. */
    private long before;

    private long begin;
    private int number;
    private byte[] line = new byte[256];

    /** The lines of a file. */
    public Utf8Lines(Path file) throws IOException {
        this(file, Files.newInputStream(file));
    }

    /** The lines of a stream, which is closed with them; the file names them in complaints. */
    public Utf8Lines(Path file, InputStream bytes) {
        this(file, bytes, 1 << 16, 0, 0);
    }

    /**
     * The lines of a stream that begins inside of a file.
     *
     * @param piece how many bytes are read at a time
     * @param before bytes of the file before the stream
     * @param number lines of the file before the stream
     */
    Utf8Lines(Path file, InputStream bytes, int piece, long before, int number) {
        this.file = file;
        this.bytes = bytes;
        this.piece = new byte[piece];
        this.before = before;
        this.number = number;
    }

    /** The number of the line that was read last, counted from 1. */
    public int number() {
        return number;
    }

    /** Where in the file the line began that was read last, in bytes. */
    public long begin() {
        return begin;
    }

    /** The next line; null at the end of the file. */
    public String next() throws IOException {
        if (!more()) {
            return null;
        }
        number++;
        begin = before + at;
        int length = 0;
        while (more() && piece[at] != '\n' && piece[at] != '\r') {
            int from = at;
            while (at < end && piece[at] != '\n' && piece[at] != '\r') {
                at++;
            }
            length = keep(length, from);
        }
        if (more() && piece[at++] == '\r' && more() && piece[at] == '\n') {
            at++;
        }
        return text(length);
    }

    /** Appends bytes {@code from} to {@code at - 1} of the piece to the line, and tells how long it is then. */
    private int keep(int length, int from) {
        int longer = length + at - from;
        if (longer > LONGEST) {
            throw InputException.data("%s:%d: the line is longer than %d MiB", file, number, LONGEST >> 20);
        }
        if (longer > line.length) {
            line = Arrays.copyOf(line, Math.max(longer, 2 * line.length));
        }
        System.arraycopy(piece, from, line, length, at - from);
        return longer;
    }

    /** Whether a byte is left; if so, it is in the piece. */
    private boolean more() throws IOException {
        if (at == end) {
            before += end;
            at = 0;
            end = Math.max(0, bytes.read(piece));
        }
        return at < end;
    }

    private String text(int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
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
