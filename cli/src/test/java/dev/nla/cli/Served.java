package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code nla serve} on a free port, in a thread of its own; it must end with exit code 0. */
final class Served implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** What comes before the address in the line that a server prints first. */
    static final String LISTENING = "listening on ";

    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final StringWriter err = new StringWriter();
    private final Thread thread;
    private final String address;

    private Served(String... words) throws IOException {
        PipedWriter written = new PipedWriter();
        BufferedReader out = new BufferedReader(new PipedReader(written));
        thread = new Thread(() -> {
            try (PrintWriter to = new PrintWriter(written)) {
                code.complete(Main.run(to, new PrintWriter(err), words));
            }
        });
        thread.start();
        String said = out.readLine();
        assertThat(said).as(err.toString()).startsWith(LISTENING + "http://127.0.0.1:");
        address = said.substring(LISTENING.length());
    }

    /** Starts a server and waits until it listens. */
    static Served with(Object... arguments) throws IOException {
        return at(0, arguments);
    }

    /** Starts a server on a port, 0 for any that is free, and waits until it listens. */
    static Served at(int port, Object... arguments) throws IOException {
        List<Object> line = new ArrayList<>(List.of("serve", "--port", port));
        line.addAll(Arrays.asList(arguments));
        return new Served(line.stream().map(Object::toString).toArray(String[]::new));
    }

    /** Where it listens, such as {@code http://127.0.0.1:8090}. */
    String address() {
        return address;
    }

    /** The body of its answer. */
    String ask(String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        thread.interrupt();
        assertThat(code.join()).as(err.toString()).isZero();
    }

    /** A file with a token that its owner alone may read. */
    static Path token(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
