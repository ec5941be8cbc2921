package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Protects the server's end as an operator brings it about: SIGTERM to its process, while somebody waits for an answer. */
@DisabledOnOs(OS.WINDOWS)
class ServeStopTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void whatIsBeingAnsweredIsAnsweredToItsEndAndThePortIsFree() throws Exception {
        TinyRuns runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer());
        Process server = start(runs);
        try {
            String said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(said).startsWith(Served.LISTENING);
            URI address = URI.create(said.substring(Served.LISTENING.length()));
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/describe"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            "{\"adapter\": \"av\", \"text\": \"one river\", \"samples\": 8, \"temperature\": 1, "
                                    + "\"max_new_tokens\": 100, \"stream\": true}"))
                    .build();
            try (Stream<String> lines = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofLines())
                    .body()) {
                Iterator<String> events = lines.iterator();
                assertThat(events.next()).isEqualTo("event: text");
                server.destroy();
                assertThat(events).toIterable().contains("event: done");
            }
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isEqualTo(TERMINATED);
            assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
                    .isInstanceOf(ConnectException.class);
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process start(TinyRuns runs) throws IOException {
        return OwnProcess.of(
                        "serve",
                        "--model",
                        runs.at("model").toString(),
                        "--adapter",
                        "av=" + runs.at("av/adapter"),
                        "--port",
                        "0",
                        "--threads",
                        "1",
                        "--stop-timeout",
                        "600")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
