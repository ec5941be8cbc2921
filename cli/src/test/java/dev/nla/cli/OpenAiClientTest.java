package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that OpenAI's own Python client works against the server: answers whole and streamed, models, and errors as its exceptions. */
@Tag("peers")
class OpenAiClientTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void theirClientGetsWhatItExpects() throws Exception {
        Peers peers = Peers.installed();
        TinyRuns runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer());
        Path token = Served.token(folder, "s3cret\n");
        List<JsonNode> told;
        String plain;
        try (Served open = serve(runs);
                Served guarded = serve(runs, "--token-file", token, "--queue", 1, "--request-timeout", 900)) {
            told =
                    peers
                            .run(
                                    PythonScript.in(folder, "openai_client.py"),
                                    open.address(),
                                    guarded.address(),
                                    "s3cret")
                            .stream()
                            .map(OpenAiClientTest::json)
                            .toList();
            plain = open.ask(
                    "/v1/chat/completions",
                    "{\"model\": \"base\", \"messages\": [{\"role\": \"user\", \"content\": \"one river\"}], "
                            + "\"temperature\": 8, \"seed\": 3, \"max_tokens\": 12}");
        }
        assertThat(told)
                .extracting(each -> each.path("what").asText())
                .containsExactly(
                        "models",
                        "plain",
                        "stream",
                        "plain",
                        "stream",
                        "choices",
                        "unknown model",
                        "wrong role",
                        "token",
                        "wrong token",
                        "crowd");
        assertThat(told.get(0).path("ids")).hasToString("[\"base\",\"av\"]");
        assertThat(told.get(1).path("text")).isEqualTo(json(plain).at("/choices/0/message/content"));
        for (int i : new int[] {1, 3}) {
            for (String key : new String[] {"model", "text", "finish", "written"}) {
                assertThat(told.get(i + 1).path(key))
                        .as(key)
                        .isEqualTo(told.get(i).path(key));
            }
        }
        assertThat(told.get(5).path("texts")).hasSize(3);
        refused(told.get(6), "NotFoundError", "not_found", "model", "nine");
        refused(told.get(7), "BadRequestError", "invalid_request", "messages[0].role", "is \"king\"");
        assertThat(told.get(8).path("ids")).isEqualTo(told.get(0).path("ids"));
        refused(told.get(9), "AuthenticationError", "unauthorized", null, "the token is not the server's");
        assertThat(told.get(10).path("kinds")).hasToString("[\"RateLimitError 1\",\"chat.completion\"]");
    }

    private static Served serve(TinyRuns runs, Object... more) throws IOException {
        List<Object> line =
                new ArrayList<>(List.of("--model", runs.at("model"), "--adapter", "av=" + runs.at("av/adapter")));
        line.addAll(List.of(more));
        return Served.with(line.toArray());
    }

    private static void refused(JsonNode told, String error, String type, String parameter, String message) {
        assertThat(told.path("error").asText()).isEqualTo(error);
        assertThat(told.path("type").asText()).isEqualTo(type);
        assertThat(told.path("param").asText(null)).isEqualTo(parameter);
        assertThat(told.path("message").asText()).contains(message);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
