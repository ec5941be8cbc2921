package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.Fixtures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the server from any mix of requests that are each within their limits: in an address space of little more than it needs when
 * nobody asks it answers every one of them, and afterwards as before.
 */
@EnabledOnOs(OS.LINUX)
class ServeMemoryTest {
    /** In KiB: 1.2 GB that Java and libtorch map at the start, and 1 GB. */
    private static final int ADDRESS_SPACE = 2_200 * 1024;

    private static final List<String> JAVA = List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:MaxMetaspaceSize=160m");

    private static final int BODY = 1 << 20;
    private static final int TOO_MANY = 429;
    private static final String HONEST = "{\"adapter\": \"av\", \"text\": \"a clay cup\", \"max_new_tokens\": 16}";

    @TempDir
    private Path folder;

    @Test
    void theLargestRequestsOfEveryRouteTogetherAreAnsweredInALittleMemory() throws Exception {
        Process server = start(served());
        try {
            String said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(said).startsWith(Served.LISTENING);
            Asking asking =
                    new Asking(HttpClient.newHttpClient(), URI.create(said.substring(Served.LISTENING.length())));
            String before = asking.send("/v1/describe", HONEST).join().body();
            assertThat(before).contains("\"descriptions\"");
            Map<String, List<Integer>> statuses = asking.all(requests());
            assertThat(server.isAlive()).as(statuses.toString()).isTrue();
            statuses.forEach((name, codes) -> {
                if (refused(name)) {
                    assertThat(codes).as("%s of %s", name, statuses).isSubsetOf(400, TOO_MANY);
                } else {
                    assertThat(codes).as("%s of %s", name, statuses).containsOnly(200);
                }
            });
            for (Map.Entry<String, String[]> request : requests().entrySet()) {
                if (refused(request.getKey())) {
                    assertThat(asking.status(request.getValue(), true).join())
                            .as(request.getKey())
                            .isEqualTo(400);
                }
            }
            assertThat(asking.send("/v1/describe", HONEST).join().body()).isEqualTo(before);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void whatTheModelReadsButTheMemoryDoesNotIsRefusedAndTheServerLivesOn() throws Exception {
        TinyRuns runs = TinyRuns.in(folder);
        Path config = runs.at("model").resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\"max_position_embeddings\": *\\d+", "\"max_position_embeddings\": 1000000"));
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("max_steps=1"));
        succeeded(runs.reconstructor("max_steps=1"));
        Process server = start(runs);
        try {
            String said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(said).startsWith(Served.LISTENING);
            Asking asking =
                    new Asking(HttpClient.newHttpClient(), URI.create(said.substring(Served.LISTENING.length())));
            String before = asking.send("/v1/describe", HONEST).join().body();
            assertThat(before).contains("\"descriptions\"");
            String text = "ab ".repeat(50_000);
            for (String body : List.of("{\"text\": \"%s\"}", "{\"adapter\": \"av\", \"text\": \"%s\"}")) {
                String path = body.contains("adapter") ? "/v1/describe" : "/v1/extract";
                HttpResponse<String> answer =
                        asking.send(path, body.formatted(text)).get(10, TimeUnit.MINUTES);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
                assertThat(answer.body())
                        .contains("\"param\":\"text\"", "that this server has memory for: shorten it")
                        .containsPattern("has \\d+ tokens, more than the [1-9]\\d* that");
            }
            assertThat(server.isAlive()).isTrue();
            assertThat(asking.send("/v1/describe", HONEST).join().body()).isEqualTo(before);
        } finally {
            server.destroyForcibly();
        }
    }

    /** The shipped model with adapters that have learnt nothing. */
    private TinyRuns served() throws IOException {
        TinyRuns runs = TinyRuns.in(folder);
        for (String name : List.of(
                "config.json",
                "generation_config.json",
                "model.safetensors",
                "tokenizer.json",
                "tokenizer_config.json")) {
            Files.write(
                    runs.at("model").resolve(name),
                    Files.readAllBytes(Fixtures.checkout("models/scenes").resolve(name)));
        }
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("marker=auto"));
        succeeded(runs.reconstructor());
        return runs;
    }

    private static Process start(TinyRuns runs) throws IOException {
        ProcessBuilder plain = OwnProcess.of(
                "serve",
                "--model",
                runs.at("model"),
                "--adapter",
                "av=" + runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter"),
                "--data",
                runs.at("data"),
                "--port",
                0,
                "--threads",
                1,
                "--request-timeout",
                600);
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -v " + ADDRESS_SPACE + "; exec \"$@\"", "sh"));
        command.addAll(plain.command());
        command.addAll(5, JAVA);
        ProcessBuilder capped = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        capped.environment().put("MALLOC_ARENA_MAX", "2");
        return capped.start();
    }

    /** Path and body by name, the largest of each kind. */
    private static Map<String, String[]> requests() {
        String text = "a clay cup ".repeat(95).strip();
        String layers = "\"layers\": [0, 1, 2, 3], \"positions\": "
                + IntStream.range(100, 116).boxed().toList();
        String items = Stream.generate(() -> "{\"description\": \"%s\", \"text\": \"%s\"}".formatted(text, text))
                .limit(64)
                .collect(Collectors.joining(", "));
        String writing = "\"temperature\": 100, \"max_tokens\": 256, \"n\": 16";
        String message = "{\"role\": \"user\", \"content\": \"%s\"}";
        Map<String, String[]> all = new LinkedHashMap<>();
        all.put("extract", post("/v1/extract", "{\"text\": \"%s\", %s}".formatted(text, layers)));
        all.put(
                "describe",
                post(
                        "/v1/describe",
                        "{\"adapter\": \"av\", \"text\": \"%s\", \"samples\": 16, \"temperature\": 100, \"max_new_tokens\": 256, \"nearest\": 64}"
                                .formatted(text)));
        all.put(
                "describe in a stream",
                post(
                        "/v1/describe",
                        "{\"adapter\": \"av\", \"text\": \"%s\", \"samples\": 16, \"temperature\": 100, \"max_new_tokens\": 256, \"stream\": true}"
                                .formatted(text)));
        all.put("reconstruct", post("/v1/reconstruct", "{\"text\": \"%s\", \"nearest\": 64}".formatted(text)));
        all.put("gap", post("/v1/gap", "{\"items\": [%s]}".formatted(items)));
        all.put(
                "chat",
                post(
                        "/v1/chat/completions",
                        "{\"model\": \"base\", \"messages\": [%s], %s}"
                                .formatted(message.formatted("a clay cup ".repeat(60)), writing)));
        all.put("too long a text", post("/v1/extract", "{\"text\": \"%s\"}".formatted(filled("!", 20))));
        all.put(
                "too long a description",
                post("/v1/reconstruct", "{\"text\": \"%s\"}".formatted(filled("\u00e9", 20))));
        all.put(
                "too long a conversation",
                post(
                        "/v1/chat/completions",
                        "{\"model\": \"base\", \"messages\": [%s]}".formatted(message.formatted(filled("a b ", 100)))));
        all.put(
                "too many numbers",
                post("/v1/describe", "{\"adapter\": \"av\", \"vector\": [%s[0]]}".formatted(filled("[0],", 60))));
        all.put("too many objects", post("/v1/gap", "{\"items\": [%s{}]}".formatted(filled("{},", 40))));
        return all;
    }

    private static boolean refused(String name) {
        return name.startsWith("too ");
    }

    private static String[] post(String path, String body) {
        return new String[] {path, body};
    }

    private static String filled(String piece, int spare) {
        return piece.repeat((BODY - spare) / piece.getBytes(StandardCharsets.UTF_8).length);
    }

    private record Asking(HttpClient client, URI address) {
        CompletableFuture<HttpResponse<String>> send(String path, String body) {
            return client.sendAsync(
                    HttpRequest.newBuilder(address.resolve(path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** The status code; who is told to come again does so, where it is worth it. */
        CompletableFuture<Integer> status(String[] request, boolean patient) {
            return send(request[0], request[1]).thenCompose(answer -> {
                if (!patient || answer.statusCode() != TOO_MANY) {
                    return CompletableFuture.completedFuture(answer.statusCode());
                }
                long pause = Long.parseLong(
                        answer.headers().firstValue("Retry-After").orElseThrow());
                return CompletableFuture.supplyAsync(
                                () -> request, CompletableFuture.delayedExecutor(pause, TimeUnit.SECONDS))
                        .thenCompose(again -> status(again, true));
            });
        }

        /** Sends every request several times, all at once and in disorder; the status codes by name. */
        Map<String, List<Integer>> all(Map<String, String[]> requests) throws Exception {
            List<String> names = new ArrayList<>();
            requests.keySet().forEach(name -> names.addAll(Collections.nCopies(refused(name) ? 12 : 4, name)));
            Collections.shuffle(names, new Random(5));
            List<CompletableFuture<Integer>> answers = names.stream()
                    .map(name -> status(requests.get(name), !refused(name)))
                    .toList();
            Map<String, List<Integer>> statuses = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                int status = answers.get(i).get(10, TimeUnit.MINUTES);
                statuses.computeIfAbsent(names.get(i), name -> new ArrayList<>())
                        .add(status);
            }
            return statuses;
        }
    }
}
