package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the server as a user starts it: it serves what the other commands made, says the same as they do, and ends cleanly. */
class ServeCommandTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void make() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor());
        succeeded(runs.verbalizer());
    }

    /** A server in a thread of its own. */
    private static final class Served implements AutoCloseable {
        private final CompletableFuture<Integer> code = new CompletableFuture<>();
        private final StringWriter err = new StringWriter();
        private final Thread thread;
        private final String address;

        Served(Object... more) throws IOException {
            List<Object> line = new ArrayList<>(List.of(
                    "serve", "--model", runs.at("model"), "--port", 0, "--adapter", "av=" + runs.at("av/adapter")));
            line.addAll(Arrays.asList(more));
            String[] words = line.stream().map(Object::toString).toArray(String[]::new);
            PipedWriter written = new PipedWriter();
            BufferedReader out = new BufferedReader(new PipedReader(written));
            thread = new Thread(() -> {
                try (PrintWriter to = new PrintWriter(written)) {
                    code.complete(Main.run(to, new PrintWriter(err), words));
                }
            });
            thread.start();
            String said = out.readLine();
            assertThat(said).as(err.toString()).startsWith("listening on http://127.0.0.1:");
            address = said.substring("listening on ".length());
        }

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
    }

    @Test
    void whatOtherCommandsMadeIsServedAndSaysTheSame() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        try (Served served = new Served(
                "--reconstructor",
                runs.at("ar/adapter"),
                "--data",
                runs.at("data"),
                "--adapters-folder",
                folder,
                "--threads",
                "1")) {
            assertThat(served.ask("/", "")).contains("Activations in words");
            JsonNode loaded = mapper.readTree(served.ask("/v1/adapters", ""));
            assertThat(loaded.at("/adapters/0/name").asText()).isEqualTo("av");
            assertThat(loaded.at("/model/loaded/rows").asInt()).isEqualTo(120);

            String text = "one river 5";
            JsonNode described = mapper.readTree(served.ask(
                    "/v1/describe", "{\"adapter\": \"av\", \"text\": \"" + text + "\", \"max_new_tokens\": 16}"));
            Outcome told = succeeded(Outcome.of(
                    "describe",
                    "--model",
                    runs.at("model"),
                    "--verbalizer",
                    runs.at("av/adapter"),
                    "--text",
                    text,
                    "--max-new-tokens",
                    16,
                    "--json"));
            assertThat(described.at("/descriptions/0/text"))
                    .isEqualTo(mapper.readTree(told.out()).at("/descriptions/0/text"));
            assertThat(described.at("/descriptions/0/rank").asInt()).isBetween(1, 121);

            JsonNode gap = mapper.readTree(
                    served.ask("/v1/gap", "{\"items\": [{\"id\": \"t3\", \"description\": \"kind 3\"}]}"));
            assertThat(gap.at("/items/0/candidates").asInt()).isBetween(100, 120);
            JsonNode refused = mapper.readTree(served.ask("/v1/adapters", "{\"name\": \"../av\"}"));
            assertThat(refused.at("/error/param").asText()).isEqualTo("name");
        }
    }

    @Test
    void wrongFlagsAreRefusedBeforeAnythingIsLoaded() throws IOException {
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--host", "0.0.0.0"))
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
                .satisfies(outcome -> assertThat(outcome.err()).contains("--token-file"));
        Path empty = Files.writeString(folder.resolve("token"), "\n");
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--token-file", empty)
                        .err())
                .contains("expected one token");
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--adapter", "a/b=" + runs.at("av/adapter"))
                        .err())
                .contains("a name begins with a letter or digit");
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--adapter", runs.at("nowhere"))
                        .err())
                .contains("there is no such folder");
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--adapter", "ar=" + runs.at("ar/adapter"))
                        .err())
                .contains("this is the other adapter of the pair");
    }
}
