package dev.nla.model.tokenizer;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What runs in the process of a {@link ProcessCodec}: it reads a tokenizer, says whether it is one, and answers one question after the other,
 * until there are no more or who asks is gone. Texts and ids go as their length in bytes and the bytes.
 */
final class TokenizerProcess {
    static final int ENCODE = 0;
    static final int ENCODE_WITH_SPECIALS = 1;
    static final int DECODE = 2;
    static final int DECODE_WITHOUT_SPECIALS = 3;

    /** Who asks has less. */
    private static final Patience ENDLESS = new Patience(Path.of(Tokenizer.FILE), Duration.ofDays(1));

    private TokenizerProcess() {}

    /** Started by {@link ProcessCodec}. */
    public static void main(String[] arguments) throws IOException {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        DataInputStream from = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream to = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        // What libraries print must not come between the answers.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        LibraryCodec codec;
        try {
            codec = new LibraryCodec(bytes(from), ENDLESS);
        } catch (IOException | RuntimeException e) {
            to.writeBoolean(false);
            write(to, Tokenizer.firstLine(e.getMessage()).getBytes(StandardCharsets.UTF_8));
            return;
        }
        to.writeBoolean(true);
        try (codec) {
            answer(codec, from, to);
        } catch (EOFException e) {
            // There are no more questions.
        }
    }

    private static void answer(TextCodec codec, DataInputStream from, DataOutputStream to) throws IOException {
        while (true) {
            int question = from.readByte();
            if (question == ENCODE || question == ENCODE_WITH_SPECIALS) {
                write(to, codec.encode(text(from), question == ENCODE_WITH_SPECIALS));
            } else {
                String text = codec.decode(ids(from), question == DECODE_WITHOUT_SPECIALS);
                write(to, text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    static String text(DataInputStream from) throws IOException {
        return new String(bytes(from), StandardCharsets.UTF_8);
    }

    static long[] ids(DataInputStream from) throws IOException {
        byte[] bytes = bytes(from);
        long[] ids = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(ids);
        return ids;
    }

    static void write(DataOutputStream to, long[] ids) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Long.BYTES);
        bytes.asLongBuffer().put(ids);
        write(to, bytes.array());
    }

    static void write(DataOutputStream to, byte[] bytes) throws IOException {
        to.writeInt(bytes.length);
        to.write(bytes);
        to.flush();
    }

    private static byte[] bytes(DataInputStream from) throws IOException {
        byte[] bytes = new byte[from.readInt()];
        from.readFully(bytes);
        return bytes;
    }
}
