package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.serve.http.exchange.BodyBudget;
import dev.nla.serve.http.route.PageRoutes;
import dev.nla.serve.metrics.ServerMetrics;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Protects what each route answers, that the description of the interface names them all, and that the page needs no network. */
class RoutesTest {
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

    @Test
    void whatIsLoadedIsListed() {
        assertThat(server.get("/v1/adapters").body())
                .isEqualTo(
                        "{\"model\":{\"name\":\"fake\",\"layers\":3,\"width\":4,\"context_length\":64,"
                                + "\"compute_dtype\":\"float32\"},\"adapters\":[{\"name\":\"one\",\"stage\":\"sft\",\"lora_r\":2,"
                                + "\"layer\":1}],\"loadable\":[\"two\"],\"limits\":{\"samples\":4,\"max_new_tokens\":32,\"rows\":10000}}");
        assertThat(TestServer.json(server.get("/v1/models")).findValuesAsText("id"))
                .containsExactly("base", "one");
    }

    @Test
    void adaptersAreLoadedAndUnloaded() {
        assertThat(server.post("/v1/adapters", "{\"name\": \"two\"}").statusCode())
                .isEqualTo(201);
        assertThat(delete("one").statusCode()).isEqualTo(204);
        assertThat(delete("nine").statusCode()).isEqualTo(404);
    }

    @Test
    void answersCarryWhatWasFound() {
        assertThat(server.post("/v1/extract", "{\"text\": \"t\"}").body())
                .isEqualTo(
                        "{\"tokens\":[{\"id\":1,\"text\":\"t\"}],\"text_start\":0,\"text_end\":1,\"activations\":[]}");
        assertThat(server.post("/v1/describe", "{\"adapter\": \"one\", \"text\": \"t\"}")
                        .body())
                .isEqualTo(
                        "{\"adapter\":\"one\",\"layer\":1,\"descriptions\":[{\"text\":\"fine\",\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}");
        assertThat(server.post("/v1/reconstruct", "{\"text\": \"t\"}").body())
                .isEqualTo("{\"layer\":1,\"vector\":[1.0,2.0,3.0,4.0]}");
        JsonNode gap =
                TestServer.json(server.post("/v1/gap", "{\"items\": [{\"text\": \"t\", \"description\": \"d\"}]}"));
        assertThat(gap.at("/items/0/gap/centered/gap").asDouble()).isEqualTo(0.25);
        assertThat(gap.at("/items/0/gap/centered/floor").isNull()).isTrue();
        assertThat(gap.at("/items/0/warnings/0").asText()).isEqualTo("of another kind");
        assertThat(gap.at("/mean/accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void conversationsGoOnInTheFormOfOpenAi() {
        String body = "{\"model\": \"base\", \"logprobs\": false, \"messages\": [{\"role\": \"user\", \"content\": "
                + "[{\"type\": \"text\", \"text\": \"hi\"}]}]";
        JsonNode whole = TestServer.json(server.post("/v1/chat/completions", body + "}"));
        assertThat(whole.path("object").asText()).isEqualTo("chat.completion");
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("Good day.");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(whole.at("/usage/total_tokens").asInt()).isEqualTo(8);

        HttpResponse<String> stream = server.post(
                "/v1/chat/completions", body + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}}");
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        List<String> deltas = new ArrayList<>();
        Matcher deltaOf = Pattern.compile("\"content\":\"([^\"]*)\"").matcher(stream.body());
        while (deltaOf.find()) {
            deltas.add(deltaOf.group(1));
        }
        assertThat(deltas).endsWith(".");
        assertThat(String.join("", deltas)).isEqualTo("Good day.");
        assertThat(stream.body()).contains("\"finish_reason\":\"stop\"").contains("\"total_tokens\":8");
        assertThat(stream.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void blankPartsAndNoStopsAreTaken() {
        for (String stop : List.of("[]", "null", "\"\"", "[\"a\"]")) {
            String body =
                    "{\"model\": \"base\", \"stop\": " + stop + ", \"messages\": [{\"role\": \"user\", \"content\": "
                            + "[{\"type\": \"text\", \"text\": \"\"}, {\"type\": \"text\", \"text\": \"\\n\"}, "
                            + "{\"type\": \"text\", \"text\": \"hi \\ud83d\"}]}]}";
            assertThat(server.post("/v1/chat/completions", body).statusCode()).isEqualTo(200);
        }
        for (String stop : List.of("3", "{}", "[3]", "[\"\"]")) {
            String body = "{\"model\": \"base\", \"stop\": " + stop
                    + ", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
            assertThat(server.post("/v1/chat/completions", body).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void requestsAreCounted() {
        server.post("/v1/describe", "{}");
        server.get("/health");
        assertThat(server.get("/metrics").body())
                .contains("nla_http_requests_seconds_count{method=\"POST\",route=\"/v1/describe\",status=\"400\"}")
                .contains("nla_http_requests_seconds_bucket{method=\"GET\",route=\"/health\",status=\"200\"")
                .contains("nla_queue_waiting 0.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void theInterfaceIsDescribedAsItIs() {
        JsonNode paths = TestServer.json(server.get("/openapi.json")).path("paths");
        TreeSet<String> described = new TreeSet<>();
        paths.properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        TreeSet<String> routes = new TreeSet<>();
        HttpServer.routes(ENGINE, TestServer.settings(), new BodyBudget(1 << 20), () -> false, new ServerMetrics())
                .forEach(route -> routes.add(route.method() + " " + route.path()));
        assertThat(routes).containsAll(described);
        routes.removeAll(described);
        assertThat(routes)
                .containsExactlyElementsOf(PageRoutes.FILES.stream()
                        .map(file -> "GET /page/" + file)
                        .toList());
    }

    @Test
    void thePageAsksNobodyElse() {
        for (String file : thePage()) {
            HttpResponse<String> response = server.get(file);
            assertThat(response.body().replace("http://www.w3.org/2000/svg", ""))
                    .as(file)
                    .isNotBlank()
                    .doesNotContain("http:")
                    .doesNotContain("https:");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'");
        }
    }

    @Test
    void everyModuleThatThePageImportsIsServedAndNoOther() {
        TreeSet<String> used = new TreeSet<>();
        for (String file : thePage()) {
            Matcher name = Pattern.compile("(?:from |import |href=|src=)\"(?:\\./|page/)([^\"]+)\"")
                    .matcher(server.get(file).body());
            while (name.find()) {
                used.add(name.group(1));
            }
        }
        assertThat(PageRoutes.FILES).containsExactlyElementsOf(used);
    }

    private static List<String> thePage() {
        List<String> files = new ArrayList<>(List.of("/"));
        PageRoutes.FILES.forEach(file -> files.add("/page/" + file));
        return files;
    }

    private static HttpResponse<String> delete(String name) {
        HttpRequest request = server.to("/v1/adapters/" + name).DELETE().build();
        return server.send(request);
    }
}
