package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.http.route.RowFeed;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.FakeEngine.Asked;
import dev.nla.serve.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Protects requests for many activations: rows in order as they are done, in three forms, no more asked ahead than is taken, and every refusal named. */
class DescribeRowsTest {
    private static final int TOKENS = 300;

    private static String body(String more) {
        return "{\"adapter\": \"one\", " + more + "}";
    }

    @Test
    void rowsStandInTheOrderOfTextsAndTokens() {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("words");
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            JsonNode answer = TestServer.json(
                    server.post("/v1/describe", body("\"texts\": [\"abc\", \"de\"], \"positions\": \"all\"")));
            assertThat(answer.path("rows"))
                    .extracting(row -> row.path("index").asInt())
                    .containsExactly(0, 0, 0, 1, 1);
            assertThat(answer.path("rows")
                            .get(4)
                            .path("descriptions")
                            .get(0)
                            .path("text")
                            .asText())
                    .isEqualTo("words");
            assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(10);
            JsonNode one =
                    TestServer.json(server.post("/v1/describe", body("\"text\": \"abc\", \"positions\": [2, 0]")));
            assertThat(one.path("rows")).hasSize(2);
            assertThat(one.path("rows").get(0).has("index")).isFalse();
        }
    }

    @Test
    void rowsAreEventsAsTheyAreDone() throws Exception {
        FakeEngine engine = new FakeEngine();
        String request = body("\"text\": \"abc\", \"positions\": \"all\", \"stream\": true");
        try (TestServer server = new TestServer(TestServer.settings(), engine);
                Socket socket = server.connect(TestServer.head("/v1/describe", request.length()) + request)) {
            BufferedReader lines = lines(socket);
            List<Asked> asked = take(engine, 3);
            assertThat(asked).extracting(DescribeRowsTest::position).containsExactly(0, 1, 2);
            asked.get(1).say("second");
            asked.get(0).say("first");
            assertThat(next(lines, "event: ")).isEqualTo("event: row");
            assertThat(next(lines, "data: ")).contains("\"first\"");
            assertThat(next(lines, "data: ")).contains("\"second\"");
            asked.get(2).say("third");
            assertThat(next(lines, "data: ")).contains("\"third\"");
            assertThat(next(lines, "event: ")).isEqualTo("event: done");
            assertThat(next(lines, "data: ")).startsWith("data: {\"rows\":3,\"usage\"");
        }
    }

    @Test
    void rowsAreLinesWhereTheClientAcceptsThose() throws IOException {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("words");
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            HttpResponse<String> answer = server.send(server.to("/v1/describe")
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(body("\"text\": \"abc\", \"positions\": \"all\"")))
                    .build());
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
            List<String> lines = answer.body().lines().toList();
            assertThat(lines).hasSize(3);
            for (String line : lines) {
                assertThat(new ObjectMapper().readTree(line).path("descriptions"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void noMoreIsAskedAheadThanIsTaken() throws Exception {
        FakeEngine engine = new FakeEngine();
        String request = body("\"text\": \"" + "x".repeat(TOKENS) + "\", \"positions\": \"all\", \"stream\": true");
        try (TestServer server = new TestServer(TestServer.settings(), engine);
                Socket socket = server.connect(TestServer.head("/v1/describe", request.length()) + request)) {
            BufferedReader lines = lines(socket);
            List<Asked> ahead = take(engine, RowFeed.AHEAD);
            assertThat(engine.asked.poll(300, TimeUnit.MILLISECONDS)).isNull();
            int done = 0;
            while (done < TOKENS) {
                for (Asked asked : ahead) {
                    asked.say("words");
                    assertThat(next(lines, "data: ")).contains("words");
                    done++;
                }
                ahead.clear();
                engine.asked.drainTo(ahead);
                if (ahead.isEmpty() && done < TOKENS) {
                    ahead.add(engine.asked.take());
                }
            }
            assertThat(next(lines, "event: done")).isNotNull();
        }
    }

    @Test
    void aClientThatLeavesHasItsRowsGivenUp() throws Exception {
        FakeEngine engine = new FakeEngine();
        String request = body("\"text\": \"abcdef\", \"positions\": \"all\", \"stream\": true");
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            List<Asked> asked;
            try (Socket socket = server.connect(TestServer.head("/v1/describe", request.length()) + request)) {
                asked = take(engine, 6);
                assertThat(socket.isConnected()).isTrue();
            }
            for (int i = 0;
                    i < 100 && !asked.stream().allMatch(each -> each.answer().isCancelled());
                    i++) {
                Thread.sleep(100);
            }
            assertThat(asked).allMatch(each -> each.answer().isCancelled());
        }
    }

    @Test
    void aFailureIsTheLastThingOfAStream() throws Exception {
        FakeEngine engine = new FakeEngine();
        String request = body("\"text\": \"ab\", \"positions\": \"all\", \"stream\": true");
        try (TestServer server = new TestServer(TestServer.settings(), engine);
                Socket socket = server.connect(TestServer.head("/v1/describe", request.length()) + request)) {
            List<Asked> asked = take(engine, 2);
            asked.get(0).say("fine");
            asked.get(1).answer().completeExceptionally(RequestException.of(Fault.STOPPING, "stopped"));
            BufferedReader lines = lines(socket);
            assertThat(next(lines, "event: ")).isEqualTo("event: row");
            assertThat(next(lines, "event: ")).isEqualTo("event: error");
            assertThat(next(lines, "data: ")).contains("stopped");
        }
    }

    @Test
    void wrongRequestsAreNamed() {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            refused(server, "\"texts\": [], \"positions\": \"all\"", "texts");
            refused(server, "\"texts\": [\"a\", \" \"]", "texts[1]");
            refused(server, "\"texts\": \"a\"", "texts");
            refused(server, "\"texts\": [\"a\"], \"text\": \"b\"", "text");
            refused(server, "\"text\": \"a\", \"positions\": \"some\"", "positions");
            refused(server, "\"text\": \"a\", \"positions\": [-1]", "positions[0]");
            refused(server, "\"text\": \"a\", \"positions\": 3", "positions");
            refused(server, "\"text\": \"a\", \"positions\": \"all\", \"position\": 1", "position");
            refused(server, "\"vector\": [1, 2, 3, 4], \"positions\": \"all\"", "vector");
            refused(server, "\"positions\": \"all\"", "text");
        }
    }

    private static void refused(TestServer server, String more, String parameter) {
        HttpResponse<String> answer = server.post("/v1/describe", body(more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(TestServer.json(answer).path("error").path("param").asText()).isEqualTo(parameter);
    }

    private static int position(Asked asked) {
        return ((Target.OfText) asked.request().target()).span().orElseThrow().begin();
    }

    private static List<Asked> take(FakeEngine engine, int count) throws InterruptedException {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(engine.asked.take());
        }
        return asked;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String start) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(start)) {
            line = lines.readLine();
        }
        return line;
    }
}
