package dev.nla.data.jsonl;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file with one JSON object a line whose lines are read where they begin. Safe for use by several threads until it is closed. */
public final class LinesAt implements AutoCloseable {
    private static final int PIECE = 1 << 12;

    private final Path path;
    // Not a channel: those are closed when a thread that reads is interrupted.
    private final RandomAccessFile file;

    private LinesAt(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Opens a file; an {@link InputException} where it cannot be read. */
    public static LinesAt open(Path path) {
        try {
            return new LinesAt(path, new RandomAccessFile(path.toFile(), "r"));
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", path, FileFault.of(e));
        }
    }

    /**
     * The object on the line that begins at a byte.
     *
     * @param begin as {@link JsonLine#begin} told it
     * @param number of the line, for complaints
     * @throws InputException where there is no such object, as in a file that was changed meanwhile
     */
    public synchronized JsonLine at(long begin, int number) {
        try {
            file.seek(begin);
            String line = new Utf8Lines(path, new Here(), PIECE, begin, number - 1).next();
            return JsonLines.parse(path, number, begin, line == null ? "" : line);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", path, FileFault.of(e));
        }
    }

    /** What the file holds from where it stands. */
    private final class Here extends InputStream {
        @Override
        public int read() throws IOException {
            return file.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return file.read(into, from, length);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be closed: %s", path, FileFault.of(e));
        }
    }
}
