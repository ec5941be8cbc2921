package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.serve.http.exchange.AnswerSize;
import dev.nla.serve.http.exchange.BodyBudget;
import dev.nla.serve.metrics.ServerMetrics;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Protects a server whose memory is taken by waiting requests: the next are told when to come again, and all of it is given back. */
class FullServerTest {
    private static final int BODY = 8_000;
    private static final AccessLog UNHEARD = new AccessLog(line -> {}, Clock.systemUTC());

    @Test
    void aServerFullOfWaitingRequestsTellsToComeAgainAndIsEmptyAfterThem() throws Exception {
        FakeEngine engine = new FakeEngine();
        long said = new AnswerSize(engine.model()).written(1, 32);
        BodyBudget budget = new BodyBudget(4 * (BodyBudget.KEPT * BODY + said));
        HttpClient client = HttpClient.newHttpClient();
        try (HttpServer server = new HttpServer(TestServer.settings(), engine, new ServerMetrics(), budget, UNHEARD)) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            List<FakeEngine.Asked> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(client.sendAsync(large(server.port()), BodyHandlers.ofString()));
                asked.add(engine.asked.take());
            }
            HttpResponse<String> full = client.send(large(server.port()), BodyHandlers.ofString());
            assertThat(full.statusCode()).isEqualTo(429);
            assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(TestServer.json(full).at("/error/type").asText()).isEqualTo("queue_full");
            asked.forEach(each -> each.say("fine"));
            assertThat(waiting)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (budget.kept() > 0 && System.nanoTime() < until) {
                Thread.sleep(10);
            }
            assertThat(budget.kept()).isZero();
            CompletableFuture<HttpResponse<String>> again =
                    client.sendAsync(large(server.port()), BodyHandlers.ofString());
            engine.asked.take().say("fine");
            assertThat(again.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatNeverFitsIsRefusedWithTheParameterToAskLessOf() throws Exception {
        FakeEngine engine = new FakeEngine();
        AnswerSize size = new AnswerSize(engine.model());
        BodyBudget budget = new BodyBudget(size.written(2, 32));
        HttpClient client = HttpClient.newHttpClient();
        try (HttpServer server = new HttpServer(TestServer.settings(), engine, new ServerMetrics(), budget, UNHEARD)) {
            String chat = "{\"model\": \"base\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"n\": 4}";
            HttpResponse<String> refused =
                    client.send(post(server.port(), "/v1/chat/completions", chat), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(TestServer.json(refused).at("/error/param").asText()).isEqualTo("n");
            assertThat(client.send(
                                    post(server.port(), "/v1/chat/completions", chat.replace("4}", "1}")),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpRequest large(int port) {
        String begin = "{\"adapter\": \"one\", \"text\": \"";
        return post(port, "/v1/describe", begin + "t".repeat(BODY - begin.length() - 2) + "\"}");
    }

    private static HttpRequest post(int port, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
