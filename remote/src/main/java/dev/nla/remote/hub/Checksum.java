package dev.nla.remote.hub;

import dev.nla.data.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checksum under which the hub keeps a file: the SHA-256 of one in LFS, 64 hexadecimal digits, or the SHA-1 git gives a small one, 40
 * of them. It is also the file's name in the cache.
 *
 * @param digits lower-case hexadecimal
 */
record Checksum(String digits) {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    Checksum {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException(digits);
        }
    }

    /** Reads an {@code ETag} or a hash; empty where it is no checksum. */
    static Optional<Checksum> of(String text) {
        String digits = text.replaceFirst("^W/", "").replace("\"", "");
        return DIGITS.matcher(digits).matches() ? Optional.of(new Checksum(digits)) : Optional.empty();
    }

    /** Whether a file has this checksum; reads all of it. */
    boolean matches(Path file) throws IOException {
        MessageDigest digest = digits.length() == 64 ? Sha256.digest() : blob(Files.size(file));
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest()).equals(digits);
    }

    /** Git puts a header with the length before the bytes. */
    private static MessageDigest blob(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
