package dev.nla.data.extract.source;

import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells model folders apart without reading gigabytes: {@code config.json} and, of every weight file, its name, its length and samples of
 * {@value #SAMPLE} bytes spread over it. Fine-tuning changes every tensor, so samples suffice.
 */
public final class ModelFingerprint {
    private static final int SAMPLE = 1 << 16;
    private static final int SAMPLES = 17;

    private ModelFingerprint() {}

    /**
     * Of a model's folder, in hexadecimal digits.
     *
     * @throws InputException where it cannot be read
     */
    public static String of(Path folder) {
        try {
            MessageDigest digest = Sha256.digest();
            digest.update(Files.readAllBytes(folder.resolve("config.json")));
            for (Path file : weights(folder)) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                sample(file, digest);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw InputException.data(e, "%s: the model cannot be read: %s", folder, FileFault.of(e));
        }
    }

    private static List<Path> weights(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    private static void sample(Path file, MessageDigest digest) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
            ByteBuffer buffer = ByteBuffer.allocate(SAMPLE);
            for (int i = 0; i < SAMPLES; i++) {
                long at = Math.max(0, size - SAMPLE) / (SAMPLES - 1) * i;
                channel.read(buffer.clear(), at);
                digest.update(buffer.flip());
            }
        }
    }
}
