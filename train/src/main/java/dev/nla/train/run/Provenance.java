package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.train.config.TrainConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run was made from, so that it can be made again.
 *
 * @param stage {@code sft}, {@code grpo} or {@code hardneg}
 * @param version of this program
 * @param seed the run's
 * @param hashes SHA-256 by name, such as {@code model} and {@code data}
 * @param environment versions, platform and threads by name
 */
public record Provenance(
        String stage, String version, long seed, Map<String, String> hashes, Map<String, String> environment) {
    /** Keeps copies in a fixed order. */
    public Provenance {
        hashes = new TreeMap<>(hashes);
        environment = new TreeMap<>(environment);
    }

    /**
     * A run's provenance; Java's version and the platform are added to {@code environment}.
     *
     * @param hashes from {@link #sha256}
     * @param environment what only the caller knows, such as the engine's version and compute type
     */
    public static Provenance of(TrainConfig config, Map<String, String> hashes, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("java", System.getProperty("java.version"));
        all.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        config.run().threads().ifPresent(threads -> all.put("threads", Integer.toString(threads)));
        String version = Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new Provenance(config.stage().text(), version, config.run().seed(), hashes, all);
    }

    /** SHA-256 in hexadecimal of a file, or of a folder's file names and contents in the order of names. */
    public static String sha256(Path path) {
        try (Stream<Path> tree = Files.walk(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.equals(path)) {
                    String name = path.relativize(file).toString().replace('\\', '/');
                    digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
                }
                update(digest, file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | UncheckedIOException e) {
            throw InputException.data(e, "%s cannot be read (%s)", path, e.getMessage());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
