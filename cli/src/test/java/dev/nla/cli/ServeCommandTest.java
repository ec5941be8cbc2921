package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the server as a user starts it: it serves what the other commands made, says the same as they do, and ends cleanly. */
class ServeCommandTest {
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

    @Test
    void whatOtherCommandsMadeIsServedAndSaysTheSame() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        try (Served served = Served.with(
                "--model",
                runs.at("model"),
                "--adapter",
                "av=" + runs.at("av/adapter"),
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
            refused(served, "/v1/adapters", "{\"name\": \"../av\"}", "invalid_request", "name", "../av");
            refused(
                    served,
                    "/v1/describe",
                    "{\"adapter\": \"av\", \"text\": \"a\", \"position\": 5000}",
                    "invalid_request",
                    "position",
                    "reaches token 5000 but the prompt has");
            refused(
                    served,
                    "/v1/describe",
                    "{\"adapter\": \"nine\", \"text\": \"a\"}",
                    "not_found",
                    "adapter",
                    "loaded are av");
            refused(
                    served,
                    "/v1/describe",
                    "{\"adapter\": \"av\", \"vector\": [1, 2]}",
                    "invalid_request",
                    "vector",
                    "has 2 numbers but the model's activations have");
        }
    }

    private static void refused(Served served, String path, String json, String type, String parameter, String message)
            throws IOException, InterruptedException {
        JsonNode error = new ObjectMapper().readTree(served.ask(path, json)).path("error");
        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("param").asText()).isEqualTo(parameter);
        assertThat(error.path("message").asText()).contains(message);
    }

    @Test
    void wrongFlagsAreRefusedBeforeAnythingIsLoaded() throws IOException {
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--host", "0.0.0.0"))
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
                .satisfies(outcome -> assertThat(outcome.err()).contains("--token-file"));
        Path empty = Served.token(folder, "\n");
        assertThat(Outcome.of("serve", "--model", runs.at("model"), "--token-file", empty)
                        .err())
                .contains("expected one token");
        Path open = Files.writeString(empty, "s3cret\n");
        for (String others : new String[] {"rw-r--r--", "rw----r--", "rw-r-----", "rw--w----"}) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(others));
            assertThat(Outcome.of("serve", "--model", runs.at("model"), "--token-file", open))
                    .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(1))
                    .satisfies(outcome -> assertThat(outcome.err())
                            .contains("--token-file " + open, others, "chmod 600")
                            .doesNotContain("s3cret"));
        }
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
