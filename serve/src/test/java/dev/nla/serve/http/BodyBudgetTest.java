package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Protects Java's memory from many requests that are each within their limits, and the budget from being used up by requests that are over. */
class BodyBudgetTest {
    private static final RequestException LATE = RequestException.of(Fault.TIMEOUT, "late");
    private static final int BODY = 8_000;
    private static final AccessLog UNHEARD = new AccessLog(line -> {}, Clock.systemUTC());

    @Test
    void whatIsTakenIsCountedAndGivenBackWhole() {
        BodyBudget budget = new BodyBudget(100);
        BodyBudget.Share one = budget.new Share();
        BodyBudget.Share two = budget.new Share();
        assertThat(one.take(60)).isTrue();
        assertThat(two.take(60)).isFalse();
        assertThat(two.take(40)).isTrue();
        assertThat(budget.kept()).isEqualTo(100);
        one.release();
        one.release();
        assertThat(budget.kept()).isEqualTo(40);
        two.release();
        assertThat(budget.kept()).isZero();
    }

    @Test
    void bodiesThatTogetherNeedMoreThanThereIsAreWorkedOnOneAfterTheOther() {
        BodyBudget budget = new BodyBudget(1 << 20);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(CompletableFuture.runAsync(() -> work(budget, 1 << 20, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                return now.decrementAndGet();
            })));
        }
        all.forEach(CompletableFuture::join);
        assertThat(most).hasValue(1);
    }

    @Test
    void whoseTurnDoesNotComeIsTold() throws Exception {
        BodyBudget budget = new BodyBudget(1 << 20);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> work(budget, 1 << 20, () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 0;
        }));
        begun.await();
        assertThatThrownBy(() -> budget.work(100, Duration.ofMillis(50), LATE, () -> 0))
                .isSameAs(LATE);
        end.countDown();
        first.join();
        assertThat(budget.work(100, Duration.ofMillis(50), LATE, () -> 7)).isEqualTo(7);
    }

    @Test
    void whatWasTakenForAFailureIsGivenBack() throws InterruptedException {
        BodyBudget budget = new BodyBudget(1 << 20);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> budget.work(1 << 20, Duration.ofMillis(50), LATE, () -> {
                        throw new OutOfMemoryError("of the test");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(budget.work(1 << 20, Duration.ofMillis(50), LATE, () -> 7)).isEqualTo(7);
    }

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

    private static int work(BodyBudget budget, long bytes, BodyBudget.Step<Integer> step) {
        try {
            return budget.work(bytes, Duration.ofMinutes(1), LATE, step);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
