package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.FakeEngine.Asked;
import dev.nla.serve.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Protects the server from clients that are slow, leave, come all at once or ask for too long, and clients from one another. */
class ClientsTest {
    private static final String DESCRIBE = "{\"adapter\": \"one\", \"text\": \"t\"}";
    private static final String DESCRIBE_ONCE =
            TestServer.head("/v1/describe", DESCRIBE.length()).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                    + DESCRIBE;
    private static final String STREAM = "{\"adapter\": \"one\", \"text\": \"t\", \"stream\": true}";

    @Test
    void everyClientGetsItsOwnAnswer() throws InterruptedException {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String body = "{\"adapter\": \"one\", \"text\": \"t\", \"seed\": " + i + "}";
                answers.add(server.client().sendAsync(server.json("/v1/describe", body), BodyHandlers.ofString()));
            }
            for (int i = 0; i < 40; i++) {
                Asked asked = engine.asked.take();
                asked.say("seed " + asked.request().seed());
            }
            for (int i = 0; i < 40; i++) {
                assertThat(answers.get(i).join().body()).contains("\"seed " + i + "\"");
            }
        }
    }

    @Test
    void aStreamShowsTheTextAsItGrowsAndEndsWithTheWholeAnswer() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(TestServer.settings(), engine);
                Socket socket = server.connect(TestServer.head("/v1/describe", STREAM.length()) + STREAM)) {
            BufferedReader lines = lines(socket);
            Asked asked = engine.asked.take();
            asked.progress().written(0, "a ri");
            assertThat(next(lines, "data: ")).isEqualTo("data: {\"sample\":0,\"text\":\"a ri\"}");
            asked.progress().written(0, "a river");
            assertThat(next(lines, "data: ")).isEqualTo("data: {\"sample\":0,\"text\":\"a river\"}");
            asked.say("a river");
            assertThat(next(lines, "event: ")).isEqualTo("event: done");
            assertThat(next(lines, "data: ")).contains("\"text\":\"a river\",\"finish_reason\":\"stop\"");
        }
    }

    @Test
    void aFailureInAStreamIsItsLastEvent() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(TestServer.settings(), engine);
                Socket socket = server.connect(TestServer.head("/v1/describe", STREAM.length()) + STREAM)) {
            engine.asked.take().answer().completeExceptionally(RequestException.of(Fault.STOPPING, "stopped"));
            BufferedReader lines = lines(socket);
            assertThat(next(lines, "event: ")).isEqualTo("event: error");
            assertThat(next(lines, "data: ")).contains("\"type\":\"stopping\"");
        }
    }

    @Test
    void whenTheReaderOfAStreamLeavesItsAnswerIsGivenUp() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            Asked asked;
            try (Socket socket = server.connect(TestServer.head("/v1/describe", STREAM.length()) + STREAM)) {
                asked = engine.asked.take();
                asked.progress().written(0, "a");
                next(lines(socket), "data: ");
                socket.setSoLinger(true, 0);
            }
            assertThat(asked.answer()).failsWithin(Duration.ofSeconds(20));
            assertThat(asked.answer()).isCancelled();
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenTheReaderOfAWholeAnswerLeavesItIsGivenUpToo() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            Asked asked;
            try (Socket socket = server.connect(TestServer.head("/v1/describe", DESCRIBE.length()) + DESCRIBE)) {
                asked = engine.asked.take();
                assertThat(socket.isConnected()).isTrue();
            }
            assertThat(asked.answer()).failsWithin(Duration.ofSeconds(20));
            assertThat(asked.answer()).isCancelled();
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatTakesTooLongIsGivenUp() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(
                TestServer.settings(Optional.empty(), 10_000, Duration.ofMillis(300), Duration.ofSeconds(30), 64),
                engine)) {
            HttpResponse<String> late = server.post("/v1/describe", DESCRIBE);
            assertThat(late.statusCode()).isEqualTo(504);
            assertThat(TestServer.json(late).at("/error/type").asText()).isEqualTo("timeout");
            assertThat(engine.asked.take().answer()).isCancelled();
            HttpResponse<String> stream = server.post("/v1/describe", STREAM);
            assertThat(stream.body()).contains("event: error").contains("\"type\":\"timeout\"");
            assertThat(engine.asked.take().answer()).isDone();
        }
    }

    @Test
    void anAnswerMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(
                TestServer.settings(Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofMillis(500), 64),
                engine)) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(server.client().sendAsync(server.json("/v1/describe", DESCRIBE), BodyHandlers.ofString()));
                Asked asked = engine.asked.take();
                // some are ready in the very moment when their connection's time would be up
                CompletableFuture.delayedExecutor(1480 + i, TimeUnit.MILLISECONDS)
                        .execute(() -> asked.say("late"));
            }
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().body()).contains("late"));
        }
    }

    @Test
    void aFullQueueTellsToComeAgain() {
        FakeEngine engine = new FakeEngine();
        engine.refusal = Optional.of(RequestException.of(Fault.QUEUE_FULL, "9 requests wait already"));
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            HttpResponse<String> full = server.post("/v1/describe", STREAM);
            assertThat(full.statusCode()).isEqualTo(429);
            assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(TestServer.json(full).at("/error/type").asText()).isEqualTo("queue_full");
        }
    }

    @Test
    void bodiesThatDoNotComeAreNotWaitedForForever() throws IOException {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("fine");
        try (TestServer server = new TestServer(
                TestServer.settings(Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofMillis(1500), 64),
                engine)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                slow.add(server.connect(TestServer.head("/v1/describe", 100) + "{\"adapter\""));
            }
            assertThat(server.post("/v1/describe", DESCRIBE).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(TestServer.all(socket)).startsWith("HTTP/1.1 408").contains("\"too_slow\"");
            }
        }
    }

    @Test
    void whoeverSendsByteByByteIsRefusedAndTakesNobodysPlace() throws Exception {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("fine");
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try (TestServer server = new TestServer(
                TestServer.settings(Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofMillis(1500), 8),
                engine)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String begin = "POST /v1/describe HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
                slow.add(server.connect(
                        i % 2 == 0 ? begin : TestServer.head("/v1/describe", 5000) + "{\"adapter\": \""));
            }
            drip.scheduleAtFixedRate(() -> slow.forEach(ClientsTest::oneByteMore), 50, 50, TimeUnit.MILLISECONDS);
            assertThat(server.post("/v1/describe", DESCRIBE).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(TestServer.all(socket)).startsWith("HTTP/1.1 408").contains("\"too_slow\"");
            }
        } finally {
            drip.shutdownNow();
        }
    }

    @Test
    void slownessIsOfOneRequestAndNotOfAConnection() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(
                        TestServer.settings(
                                Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofMillis(1500), 8),
                        engine);
                Socket socket = server.connect("")) {
            BufferedReader lines = lines(socket);
            for (int i = 0; i < 4; i++) {
                String request = TestServer.head("/v1/describe", DESCRIBE.length()) + DESCRIBE;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                Asked asked = engine.asked.take();
                CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> asked.say("late"));
                assertThat(next(lines, "HTTP/1.1 ")).isEqualTo("HTTP/1.1 200 OK");
                int length = Integer.parseInt(next(lines, "Content-Length: ").substring("Content-Length: ".length()));
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.skip(length)).isEqualTo(length);
            }
        }
    }

    @Test
    void thousandsOfConnectionsWaitTheirTurn() throws IOException {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("fine");
        List<Socket> all = new ArrayList<>();
        try (TestServer server = new TestServer(
                TestServer.settings(Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofSeconds(30), 512),
                engine)) {
            for (int i = 0; i < 2000; i++) {
                all.add(server.connect(i % 4 == 0 ? DESCRIBE_ONCE : i % 4 == 1 ? "POST /v1/desc" : ""));
            }
            for (int i = 0; i < all.size(); i += 4) {
                assertThat(TestServer.all(all.get(i)))
                        .startsWith("HTTP/1.1 200")
                        .contains("\"fine\"");
            }
            assertThat(server.post("/v1/describe", DESCRIBE).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : all) {
                socket.close();
            }
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyHarmsNobody() throws IOException {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("fine");
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            for (int i = 0; i < 20; i++) {
                server.connect(TestServer.head("/v1/describe", 100) + "{\"adapter\"")
                        .close();
            }
            assertThat(server.post("/v1/describe", DESCRIBE).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void connectionsThatDoNothingDoNotKeepOthersOut() throws IOException {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("fine");
        try (TestServer server = new TestServer(
                TestServer.settings(Optional.empty(), 10_000, Duration.ofSeconds(30), Duration.ofSeconds(30), 8),
                engine)) {
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                idle.add(server.connect(i % 2 == 0 ? "" : "POST /v1/desc"));
            }
            // the socket is more patient than a crowded server with those that do nothing, and less than one that is
            // not crowded
            assertThat(TestServer.all(server.connect(DESCRIBE_ONCE))).startsWith("HTTP/1.1 200");
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void whenItStopsRequestsUnderWayAreAnsweredAndNewOnesAreNot() throws Exception {
        FakeEngine engine = new FakeEngine();
        CompletableFuture<HttpResponse<String>> answer;
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            answer = server.client().sendAsync(server.json("/v1/describe", DESCRIBE), BodyHandlers.ofString());
            Asked asked = engine.asked.take();
            engine.onDrain = () -> {
                assertThat(server.get("/health").statusCode()).isEqualTo(503);
                asked.say("in time");
            };
        }
        assertThat(answer.join().body()).contains("in time");
    }

    @Test
    void theAddressOfAnotherServerIsRefusedWithARemedy() {
        try (TestServer server = new TestServer(TestServer.settings(), new FakeEngine())) {
            ServeSettings settings = new ServeSettings(
                    "127.0.0.1",
                    server.port(),
                    Optional.empty(),
                    1000,
                    Duration.ofSeconds(1),
                    ServeSettings.IDLE,
                    8,
                    Duration.ZERO,
                    8,
                    1);
            assertThatThrownBy(() -> new TestServer(settings, new FakeEngine()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("give another port");
        }
    }

    /** Until the server closes the connection. */
    private static void oneByteMore(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException closed) {
            // The others go on.
        }
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String beginning) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new CompletionException("the stream ended without " + beginning, null);
    }
}
