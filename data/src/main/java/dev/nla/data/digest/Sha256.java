package dev.nla.data.digest;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of files of any size, and of folders. */
public final class Sha256 {
    private Sha256() {}

    /** A fresh digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest of the bytes of these files one after the other, in hexadecimal digits.
     *
     * @throws InputException where one cannot be read
     */
    public static String of(Path... files) {
        MessageDigest digest = digest();
        for (Path file : files) {
            add(digest, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * The digest of a file, or of a folder's file names and contents in the order of names, in hexadecimal digits.
     *
     * @throws InputException where something cannot be read
     */
    public static String ofTree(Path path) {
        MessageDigest digest = digest();
        for (Path file : filesOf(path)) {
            if (!file.equals(path)) {
                String name = path.relativize(file).toString().replace('\\', '/');
                digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            }
            add(digest, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of texts, one after the other and each with its length, in hexadecimal digits. */
    public static String ofTexts(List<String> texts) {
        MessageDigest digest = digest();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> filesOf(Path path) {
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw InputException.data(e, "%s cannot be read (%s)", path, FileFault.of(e));
        }
    }

    private static void add(MessageDigest digest, Path file) {
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, Files.exists(file) ? e : "no such file");
        }
    }
}
