package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects that whatever is sent gets a clear status and a JSON error that names the parameter, and that the server stays up. */
class BadRequestsTest {
    private static final FakeEngine ENGINE = new FakeEngine();
    private static TestServer server;

    @BeforeAll
    static void start() {
        ENGINE.atOnce = Optional.of("fine");
        server = new TestServer(TestServer.settings(), ENGINE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theServerIsStillThere() {
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(server.post("/v1/describe", "{\"adapter\": \"one\", \"text\": \"t\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{                                                              | the body is not JSON, line 1",
                "[1, 2]                                                         | the body must be one JSON object",
                "{\"adapter\": \"one\"} {}                                      | the body is not JSON, line 1",
                "{\"adapter\": \"one\", \"adapter\": \"two\", \"text\": \"t\"}  | the body is not JSON, line 1: Duplicate",
                "~~                                                             | the body must be one JSON object",
            })
    void wrongJson(String body, String message) {
        JsonNode error = refused("/v1/describe", body, 400, "invalid_request");
        assertThat(error.path("message").asText()).startsWith(message);
        assertThat(error.path("param").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\": \"t\"}                                             | adapter     | is missing: expected a text",
                "{\"adapter\": 3, \"text\": \"t\"}                             | adapter     | is 3: expected a text",
                "{\"adapter\": \"one\"}                                        | text        | exactly one of text, vector and id must be given",
                "{\"adapter\": \"one\", \"text\": \"t\", \"vector\": [1]}      | vector      | exactly one of text, vector and id must be given",
                "{\"adapter\": \"one\", \"text\": \"  \"}                      | text        | is \"  \": expected more than white space",
                "{\"adapter\": \"one\", \"vector\": [1, 2, 3]}                 | vector      | has 3 numbers but the model's activations have 4",
                "{\"adapter\": \"one\", \"vector\": [1, NaN, 3, 4]}            | vector[1]   | is NaN: expected a finite float32 number",
                "{\"adapter\": \"one\", \"vector\": [1, 2, 3, 1e39]}           | vector[3]   | is 1.0E39: expected a finite float32 number",
                "{\"adapter\": \"one\", \"vector\": [1, 2, \"x\", 4]}          | vector[2]   | is \"x\": expected a finite float32 number",
                "{\"adapter\": \"one\", \"vector\": 5}                         | vector      | is 5: expected a list of numbers",
                "{\"adapter\": \"one\", \"text\": \"t\", \"position\": -1}     | position    | is -1: expected a whole number from 0 to 2147483646",
                "{\"adapter\": \"one\", \"text\": \"t\", \"position\": 1.5}    | position    | is 1.5: expected a whole number from 0 to 2147483646",
                "{\"adapter\": \"one\", \"text\": \"t\", \"position\": [3, 3]} | position    | is [3, 3]: the span is empty",
                "{\"adapter\": \"one\", \"text\": \"t\", \"layer\": 3}         | layer       | is 3: expected a whole number from 0 to 2",
                "{\"adapter\": \"one\", \"text\": \"t\", \"samples\": 5}       | samples     | is 5: expected a whole number from 1 to 4",
                "{\"adapter\": \"one\", \"text\": \"t\", \"temperature\": -1}  | temperature | is -1: expected a number from 0 to 100",
                "{\"adapter\": \"one\", \"text\": \"t\", \"max_new_tokens\": 33} | max_new_tokens | is 33: expected a whole number from 1 to 32",
                "{\"adapter\": \"one\", \"text\": \"t\", \"prompt\": \"poem\"} | prompt      | is \"poem\": expected chat or raw",
                "{\"adapter\": \"one\", \"text\": \"t\", \"confidence\": 1}     | confidence  | is 1: expected true or false",
                "{\"adapter\": \"one\", \"text\": \"t\", \"confidence\": true, \"samples\": 2} | confidence | judges the greedy description",
                "{\"adapter\": \"one\", \"text\": \"t\", \"search\": true}   | search      | goes by what confidence measures",
                "{\"adapter\": \"one\", \"text\": \"t\", \"stream\": \"yes\"}  | stream      | is \"yes\": expected true or false",
                "{\"adapter\": \"one\", \"text\": \"t\", \"sample\": 2}        | sample      | unknown parameter; known are text",
            })
    void wrongParameters(String body, String parameter, String message) {
        JsonNode error = refused("/v1/describe", body, 400, "invalid_request");
        assertThat(error.path("param").asText()).isEqualTo(parameter);
        assertThat(error.path("message").asText()).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/extract          | {\"text\": \"t\", \"layers\": [3]}                        | layers[0]",
                "/v1/extract          | {\"text\": \"t\", \"layers\": []}                         | layers",
                "/v1/extract          | {\"text\": \"t\", \"layers\": [0], \"positions\": [-2]}   | positions[0]",
                "/v1/reconstruct      | {\"text\": \"\"}                                         | text",
                "/v1/reconstruct      | {\"text\": \"t\", \"against\": {\"vector\": [1]}}         | against.vector",
                "/v1/gap              | {\"items\": []}                                           | items",
                "/v1/gap              | {\"items\": [{\"text\": \"t\"}]}                          | items[0].description",
                "/v1/chat/completions | {\"model\": \"base\"}                                     | messages",
                "/v1/chat/completions | {\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | model",
                "/v1/chat/completions | {\"model\": \"base\", \"messages\": [{\"role\": \"king\", \"content\": \"a\"}]} | messages[0].role",
                "/v1/chat/completions | {\"model\": \"base\", \"messages\": [{\"role\": \"user\"}]} | messages[0].content",
                "/v1/chat/completions | {\"model\": \"base\", \"stop\": [1], \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | stop[0]",
                "/v1/adapters         | {}                                                         | name",
                "/v1/adapters         | {\"path\": \"/etc\"}                                      | path",
            })
    void wrongParametersElsewhere(String path, String body, String parameter) {
        assertThat(refused(path, body, 400, "invalid_request").path("param").asText())
                .isEqualTo(parameter);
    }

    @Test
    void unknownAdapter() {
        JsonNode error = refused("/v1/describe", "{\"adapter\": \"nine\", \"text\": \"t\"}", 404, "not_found");
        assertThat(error.path("message").asText()).isEqualTo("no adapter 'nine' is loaded; loaded are one");
        assertThat(error.path("param").asText()).isEqualTo("adapter");
    }

    @Test
    void oversizedBodiesAreRefusedWhetherTheyTellTheirLengthOrNot() {
        String large = "{\"adapter\": \"one\", \"text\": \"" + "x".repeat(10_000) + "\"}";
        refused("/v1/describe", large, 413, "too_large");
        HttpRequest chunked = server.to("/v1/describe")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes())))
                .build();
        HttpResponse<String> response = server.send(chunked);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(TestServer.json(response).at("/error/message").asText())
                .isEqualTo("the body has more than the 10000 bytes that are allowed");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        refused("/v1/describe", "{\"text\": " + "[".repeat(4000) + "]".repeat(4000) + "}", 400, "invalid_request");
    }

    @Test
    void whatIsNotJsonIsNotRead() {
        HttpRequest form = server.to("/v1/describe")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"adapter\": \"one\", \"text\": \"t\"}"))
                .build();
        assertThat(server.send(form).statusCode()).isEqualTo(415);
    }

    @Test
    void unknownPathsAndMethods() {
        HttpResponse<String> nowhere = server.get("/v1/nowhere");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(TestServer.json(nowhere).at("/error/type").asText()).isEqualTo("not_found");
        HttpResponse<String> wrong = server.get("/v1/describe");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(TestServer.json(wrong).at("/error/type").asText()).isEqualTo("method_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "/../../etc/passwd",
        "/page/../../../openapi.json",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page.js/..%2f..%2fpom.xml"
    })
    void noPathLeadsOutOfThePage(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.body()).doesNotContain("root:");
    }

    @Test
    void aFaultInsideSaysNothingOfTheInside() throws InterruptedException {
        FakeEngine broken = new FakeEngine();
        try (TestServer other = new TestServer(TestServer.settings(), broken)) {
            CompletableFuture<HttpResponse<String>> waiting = other.client()
                    .sendAsync(
                            other.json("/v1/describe", "{\"adapter\": \"one\", \"text\": \"t\"}"),
                            HttpResponse.BodyHandlers.ofString());
            broken.asked.take().answer().completeExceptionally(new IllegalStateException("secret"));
            HttpResponse<String> response = waiting.join();
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("internal").doesNotContain("secret");
        }
    }

    private static JsonNode refused(String path, String body, int status, String type) {
        HttpResponse<String> response = server.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode error = TestServer.json(response).path("error");
        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("message").asText()).isNotBlank();
        return error;
    }
}
