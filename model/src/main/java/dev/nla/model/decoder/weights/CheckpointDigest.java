package dev.nla.model.decoder.weights;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.safetensors.Checkpoint;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells a checkpoint from what it was when its weights were rounded, without reading gigabytes: SHA-256 of {@code config.json} and, of every file
 * of weights, its name, length and time of change, where each tensor lies in it, and what begins, halves and ends each tensor.
 */
final class CheckpointDigest {
    private static final int SAMPLE = 1 << 12;

    private CheckpointDigest() {}

    /** Of a folder's checkpoint, in hexadecimal digits. */
    static String of(Path folder, Checkpoint checkpoint) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(folder.resolve("config.json")));
            for (SafetensorsFile file : checkpoint.files()) {
                add(digest, file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw InputException.data(e, "%s: the model cannot be read: %s", folder, FileFault.of(e));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, SafetensorsFile file) throws IOException {
        add(digest, file.path().getFileName() + " " + Files.size(file.path()));
        add(digest, Files.getLastModifiedTime(file.path()).toMillis() + "");
        for (String name : file.names()) {
            TensorInfo info = file.info(name);
            add(digest, info.toString());
            long length = info.end() - info.begin();
            int sample = (int) Math.min(SAMPLE, length);
            for (long at : new long[] {0, (length - sample) / 2, length - sample}) {
                digest.update(file.bytes(name, at, sample));
            }
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
