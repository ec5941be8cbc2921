package dev.nla.train.run;

import dev.nla.model.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Sizes and checksums of a checkpoint's files, by which a damaged one is recognized.
 *
 * @param files by their path within the folder, with {@code /} between names
 */
record Manifest(Map<String, Entry> files) {
    static final String FILE = "manifest.json";

    /** One file: its length and the CRC-32C of its bytes in hexadecimal. */
    record Entry(long bytes, String crc32c) {}

    /** Writes the manifest of everything that is in {@code folder} now. */
    static void write(Path folder) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.put(name, entry(file));
            }
        }
        JsonFile.write(folder.resolve(FILE), new Manifest(files));
    }

    /** What is wrong with {@code folder}, or empty when it is as it was written. */
    static Optional<String> fault(Path folder) {
        try {
            Manifest manifest = JsonFile.read(folder.resolve(FILE), Manifest.class);
            for (Map.Entry<String, Entry> file : manifest.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                if (!Files.isRegularFile(path)) {
                    return Optional.of(file.getKey() + " is missing");
                }
                Entry now = entry(path);
                if (now.bytes() != file.getValue().bytes()) {
                    return Optional.of("%s has %d bytes, expected %d"
                            .formatted(
                                    file.getKey(), now.bytes(), file.getValue().bytes()));
                }
                if (!now.equals(file.getValue())) {
                    return Optional.of(file.getKey() + " does not match its checksum");
                }
            }
            return Optional.empty();
        } catch (InputException | IOException | UncheckedIOException unreadable) {
            return Optional.of(unreadable.getMessage());
        }
    }

    private static Entry entry(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return new Entry(Files.size(file), Long.toHexString(crc.getValue()));
    }
}
