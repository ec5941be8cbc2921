package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.remote.http.StreamedBody;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * A file as far as it has arrived; what is there when it is opened stays and is continued. Bytes come in on the HTTP client's threads: all
 * methods are safe for that, and one that comes after {@link #close} finds the file closed.
 */
final class PartialFile implements AutoCloseable {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int LONGEST_REFUSAL = 1 << 20;

    private final Path path;
    private final long whole;
    private final FileChannel channel;
    private final LongConsumer progress;
    private long received;

    /**
     * Opens or makes the file.
     *
     * @param whole how many bytes it will have; more are refused
     * @param progress hears how many bytes are there
     */
    PartialFile(Path path, long whole, LongConsumer progress) {
        this.path = path;
        this.whole = whole;
        this.progress = progress;
        try {
            Files.createDirectories(path.getParent());
            this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.position(channel.size());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        if (size() > whole) {
            restart();
        }
    }

    /** How many bytes are there. */
    synchronized long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** How many bytes have come in since it was opened. */
    synchronized long received() {
        return received;
    }

    /** Forgets what is there. */
    synchronized void restart() {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Takes an answer: the rest of the file, the whole where the server cannot begin in the middle, or a refusal, which is not kept. */
    BodySubscriber<byte[]> receive(ResponseInfo answer) {
        if (answer.statusCode() == OK) {
            restart();
        } else if (answer.statusCode() != PARTIAL_CONTENT || !goesOn(answer)) {
            return StreamedBody.limited(LONGEST_REFUSAL);
        }
        return new StreamedBody<>(this::write, () -> new byte[0]);
    }

    /** Everything is in it: forces it to disk and gives it its name. */
    synchronized void publish(Path target) {
        try {
            channel.force(true);
            channel.close();
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Ends writing; what has arrived stays. */
    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Whether the bytes that come are those behind the last one here. */
    private boolean goesOn(ResponseInfo answer) {
        return answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + size() + "-");
    }

    private synchronized void write(ByteBuffer bytes) throws IOException {
        if (channel.size() + bytes.remaining() > whole) {
            restart();
            throw new IOException("more than the file's " + whole + " bytes came");
        }
        received += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        progress.accept(channel.size());
    }

    private InputException cannotWrite(IOException e) {
        return InputException.data(
                e, "%s: cannot be written: %s: check permissions and the free space", path, FileFault.of(e));
    }
}
