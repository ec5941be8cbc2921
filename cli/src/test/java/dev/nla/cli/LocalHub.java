package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.remote.testing.HubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A hub of this machine, and the program in processes of their own that have it in their environment. */
final class LocalHub implements AutoCloseable {
    private final HubServer server = new HubServer();
    private final Path folder;

    /** {@code folder} holds the cache and what the program says. */
    LocalHub(Path folder) {
        this.folder = folder;
    }

    HubServer server() {
        return server;
    }

    /** Adds the files of a folder to its repository. */
    void publish(Path from) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".safetensors")) {
                    server.large(name, Files.readAllBytes(file));
                } else {
                    server.small(name, Files.readString(file));
                }
            }
        }
    }

    /** Where the repository lies once it was pulled. */
    Path snapshot() {
        return folder.resolve("home/hub/models--org--tiny-model/snapshots/" + HubServer.COMMIT);
    }

    Outcome run(Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                OwnProcess.of(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HF_ENDPOINT", server.endpoint().toString());
        builder.environment().put("HF_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(err, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains(" INFO "))
                .map(line -> line + System.lineSeparator())
                .reduce("", String::concat);
        return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), said);
    }

    @Override
    public void close() {
        server.close();
    }
}
