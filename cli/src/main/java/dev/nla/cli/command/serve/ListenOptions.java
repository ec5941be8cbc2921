package dev.nla.cli.command.serve;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.process.ProcessMemory;
import dev.nla.serve.http.ServeSettings;
import dev.nla.serve.memory.BatchMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags that say where the server listens and how much it lets in. */
public final class ListenOptions {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8090",
            description = "Port to listen on, 0 for any that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "F",
            description = "File with the token that requests must bear. Needed beyond loopback")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "256",
            description = "Most requests that wait; more are told to come again. Default: ${DEFAULT-VALUE}")
    private int queue;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "512",
            description = "Most connections at a time. Default: ${DEFAULT-VALUE}")
    private int maxConnections;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "Most bytes of a request. Default: ${DEFAULT-VALUE}")
    private long maxBody;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "Most tokens a request may ask for. Default: ${DEFAULT-VALUE}")
    private int maxNewTokens;

    @Option(
            names = "--max-samples",
            paramLabel = "N",
            defaultValue = "16",
            description = "Most completions a request may ask for. Default: ${DEFAULT-VALUE}")
    private int maxSamples;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Memory that the process may take, such as 6G or 800M. Default: what the machine and the "
                    + "control groups of the process leave")
    private OptionalLong memory = OptionalLong.empty();

    @Option(
            names = "--request-timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "A request that takes longer is given up. Default: ${DEFAULT-VALUE}")
    private long requestTimeout;

    @Option(
            names = "--stop-timeout",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long requests may go on when the server stops. Default: ${DEFAULT-VALUE}")
    private long stopTimeout;

    ServeSettings settings() {
        return new ServeSettings(
                host,
                port,
                tokenFile.map(ListenOptions::token),
                maxBody,
                Duration.ofSeconds(requestTimeout),
                ServeSettings.IDLE,
                maxConnections,
                Duration.ofSeconds(stopTimeout),
                maxNewTokens,
                maxSamples);
    }

    int queue() {
        return queue;
    }

    /** What batches may take of the memory that is left. */
    BatchMemory batchMemory() {
        return new BatchMemory(new ProcessMemory(), memory, maxConnections, maxBody);
    }

    /** Refuses a secret that other users of the machine may read or change; file systems without such rights are trusted. */
    private static void requirePrivate(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(given)) {
            throw InputException.data(
                    "--token-file %s: others may read or change it (%s): chmod 600 %s",
                    file, PosixFilePermissions.toString(given), file);
        }
    }

    private static String token(Path file) {
        try {
            requirePrivate(file);
            String token = Files.readString(file).strip();
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw InputException.data(
                        "--token-file %s: expected one token of printable ASCII characters without blanks", file);
            }
            return token;
        } catch (IOException e) {
            throw InputException.data(e, "--token-file %s: cannot be read: %s", file, FileFault.of(e));
        }
    }
}
