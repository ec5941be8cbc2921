package dev.nla.data.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.nla.data.http.Pause;
import dev.nla.data.http.Retries;
import dev.nla.data.http.RetryPolicy;
import dev.nla.data.http.Secret;
import dev.nla.data.testing.ChatServer;
import dev.nla.data.testing.LocalServer;
import dev.nla.data.testing.Pauses;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.injection.Marker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects asking a teacher: no answer is paid for twice, whatever an endpoint does wrong is either tried again, listed, or ends the run with
 * one clear error, and what was answered is never lost.
 */
class TeacherTest {
    private static final TeacherSettings ONE_AT_A_TIME = new TeacherSettings(1, 2, 5);

    @TempDir
    private Path folder;

    private final ChatServer chat = new ChatServer();
    private final Pauses pauses = new Pauses();
    private final List<String> again = Collections.synchronizedList(new ArrayList<>());
    private Duration patience = Duration.ofSeconds(60);

    /** The process to kill: describes eight texts one after the other, by the endpoint and into the file it is given. */
    public static void main(String[] arguments) {
        TeacherEndpoint endpoint =
                new TeacherEndpoint(URI.create(arguments[0]), Optional.empty(), Duration.ofSeconds(60));
        describe(endpoint, Path.of(arguments[1]), ONE_AT_A_TIME, Pause.real(), texts(8), new ArrayList<>());
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void everyTextGetsItsDescription() {
        TeacherReport report = describe(texts(3));
        assertThat(report.descriptions())
                .containsExactly(
                        Map.entry("t0", "• says: text 0"),
                        Map.entry("t1", "• says: text 1"),
                        Map.entry("t2", "• says: text 2"));
        assertThat(report.texts()).isEqualTo(3);
        assertThat(report.requests()).isEqualTo(3);
        assertThat(report.usage()).isEqualTo(new Usage(30, 15));
        assertThat(new Prices(2, 10).of(report.usage())).isEqualTo(0.00021);
    }

    @Test
    void requestsHoldModelPromptAndSettingsAndTheKeyGoesInTheHeader() {
        describe(texts(1));
        LocalServer.Request request = chat.requests().get(0);
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer sk-secret");
        assertThat(request.body())
                .startsWith("{\"model\":\"some-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Below is a text.")
                .endsWith("text 0\\n\"}],\"max_tokens\":400,\"temperature\":0.5}");
        ChatRequests other = ChatRequests.of(
                "m",
                PromptTemplate.standard(),
                400,
                OptionalDouble.empty(),
                Optional.of("{\"max_tokens\": null, \"max_completion_tokens\": 9, \"seed\": 1}"));
        assertThat(other.of("a").body()).endsWith("],\"max_completion_tokens\":9,\"seed\":1}");
        assertThat(other.of("a").key()).isNotEqualTo(other.of("b").key()).hasSize(64);
    }

    @Test
    void equalTextsAreAskedAboutOnce() {
        List<TextRow> texts = List.of(TextRow.of("a", "same"), TextRow.of("b", "same"), TextRow.of("c", "other"));
        TeacherReport report = describe(texts);
        assertThat(report.descriptions()).containsEntry("a", "• says: same").containsEntry("b", "• says: same");
        assertThat(chat.texts()).containsExactlyInAnyOrder("same", "other");
        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.usageOfAll()).isEqualTo(new Usage(20, 10));
    }

    @Test
    void whatWasAnsweredIsNotAskedAgain() {
        describe(texts(3));
        chat.repair();
        TeacherReport report = describe(texts(5));
        assertThat(chat.texts()).containsExactlyInAnyOrder("text 3", "text 4");
        assertThat(report.descriptions()).hasSize(5);
        assertThat(report.kept()).isEqualTo(3);
        assertThat(report.usage()).isEqualTo(new Usage(20, 10));
        assertThat(report.usageOfAll()).isEqualTo(new Usage(50, 25));
    }

    @Test
    void aKilledProcessLosesNoAnswer() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        chat.once("text 5", exchange -> reached.countDown());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TeacherTest.class.getName(),
                        chat.base().toString(),
                        answerFile().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        try {
            reached.await();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(chat.texts()).containsExactly("text 0", "text 1", "text 2", "text 3", "text 4", "text 5");
        chat.repair();
        assertThat(describe(texts(8)).descriptions()).hasSize(8);
        assertThat(chat.texts()).containsExactlyInAnyOrder("text 5", "text 6", "text 7");
    }

    @Test
    void anUnfinishedLineIsTakenOff() throws IOException {
        describe(texts(2));
        String lines = Files.readString(answerFile());
        Files.writeString(answerFile(), lines.substring(0, lines.length() - 20));
        chat.repair();
        assertThat(describe(texts(2)).descriptions()).hasSize(2);
        assertThat(chat.texts()).containsExactly("text 1");
        assertThat(Files.readString(answerFile())).isEqualTo(lines);
        Files.writeString(answerFile(), "x".repeat(20_000));
        assertThat(describe(texts(2)).requests()).isEqualTo(2);
        Files.writeString(answerFile(), "no answer\n");
        assertThatThrownBy(() -> describe(texts(2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("answers.jsonl:1");
    }

    @Test
    void twoRunsAtOnceAreRefused() {
        AnswerFile held = AnswerFile.open(answerFile());
        try {
            assertThatThrownBy(() -> describe(texts(1))).hasMessageContaining("another process is asking");
        } finally {
            held.close();
        }
        assertThat(describe(texts(1)).descriptions()).hasSize(1);
    }

    @Test
    void aBusyEndpointIsLeftAloneAsLongAsItAsks() {
        chat.once("text 1", LocalServer.status(429, "Retry-After", "30")).once("text 1", LocalServer.status(503));
        assertThat(describe(texts(3)).descriptions()).hasSize(3);
        assertThat(pauses.taken()).contains(Duration.ofSeconds(30)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(again)
                .hasSize(2)
                .anyMatch(line -> line.startsWith("the endpoint answers 429"))
                .anyMatch(line -> line.startsWith("the endpoint answers 503"));
    }

    @Test
    void whateverBreaksOffIsAskedAgain() {
        byte[] whole =
                ChatServer.completion("<explanation>• x</explanation>", "stop").getBytes(StandardCharsets.UTF_8);
        List<HttpHandler> faults = List.of(
                LocalServer.status(500),
                LocalServer.cut(whole, 40),
                LocalServer.broken(),
                LocalServer.endless(),
                LocalServer.body(200, "<html>"),
                LocalServer.body(200, new String(whole, StandardCharsets.UTF_8).substring(0, 40)),
                LocalServer.body(200, "{\"choices\": []}"),
                LocalServer.body(200, "{\"choices\": [{}]}"),
                LocalServer.body(200, "{\"error\": {\"message\": \"overloaded\"}}"));
        faults.forEach(fault -> {
            chat.once("text 0", fault);
            chat.once("text 0", fault);
            assertThat(describe(texts(1)).descriptions()).containsEntry("t0", "• says: text 0");
            assertThat(chat.requests()).hasSize(3);
            chat.repair();
            delete(answerFile());
        });
        assertThat(again).anyMatch(line -> line.contains("(overloaded)")).anyMatch(line -> line.contains("no JSON"));
    }

    @Test
    void aSlowAnswerIsGivenUpAndAskedAgain() {
        patience = Duration.ofMillis(700);
        chat.once("text 0", LocalServer.silent("{\"choices\": [{\"message\"".getBytes(StandardCharsets.UTF_8), 10));
        chat.once("text 0", exchange -> {});
        assertThat(describe(texts(1)).descriptions()).hasSize(1);
        assertThat(again).hasSize(2).allMatch(line -> line.contains("gave no whole answer within 0.7 s"));
    }

    @Test
    void aTextThatIsNeverAnsweredIsListedAndAskedAboutInTheNextRun() {
        chat.always("text 1", LocalServer.status(502));
        TeacherReport report = describe(texts(3));
        assertThat(report.descriptions()).containsOnlyKeys("t0", "t2");
        assertThat(report.failed()).containsOnlyKeys("t1");
        assertThat(report.failed().get("t1")).isEqualTo("the endpoint answers 502 (6 attempts)");
        assertThat(report.requests()).isEqualTo(8);
        assertThat(report.repeated()).isEqualTo(5);
        chat.repair();
        assertThat(describe(texts(3)).descriptions()).hasSize(3);
        assertThat(chat.texts()).containsExactly("text 1");
    }

    @Test
    void aRequestTheEndpointWillNotTakeIsListed() {
        chat.once("text 1", LocalServer.body(400, "{\"error\": {\"message\": \"context length exceeded\"}}"));
        TeacherReport report = describe(texts(3));
        assertThat(report.failed())
                .containsEntry("t1", "the endpoint refuses the request with 400 (context length exceeded)");
        assertThat(report.descriptions()).hasSize(2);
        assertThat(pauses.taken()).isEmpty();
    }

    @Test
    void answersThatCannotBeReadAreAskedForAgainAFewTimes() {
        chat.once("text 0", ChatServer.saying("I cannot help with that."));
        assertThat(describe(texts(1)).descriptions()).hasSize(1);
        assertThat(chat.requests()).hasSize(2);
        chat.always("other", ChatServer.saying(null));
        List<TextRow> other = List.of(TextRow.of("o", "other"));
        TeacherReport report = describe(other);
        assertThat(report.refused()).containsEntry("o", "the answer holds no text");
        assertThat(report.usage()).isEqualTo(new Usage(20, 10));
        int asked = chat.requests().size();
        assertThat(describe(other).refused()).hasSize(1);
        assertThat(chat.requests()).as("asked again in a later run").hasSize(asked);
        TeacherSettings more = new TeacherSettings(1, 3, 5);
        assertThat(describe(endpoint(), answerFile(), more, pauses, other, again)
                        .refused())
                .hasSize(1);
        assertThat(chat.requests()).hasSize(asked + 1);
    }

    @Test
    void anAnswerCutAtTheLimitIsRefusedByName() {
        chat.always("text 0", ChatServer.cutAtTheLimit("<explanation>\n• a"));
        assertThat(describe(texts(1)).refused()).containsEntry("t0", "the answer was cut at the limit of its tokens");
    }

    @Test
    void answersWithoutACountOfTokensAreCounted() {
        chat.once(
                "text 0",
                LocalServer.body(
                        200, "{\"choices\": [{\"message\": {\"content\": \"<explanation>• a</explanation>\"}}]}"));
        TeacherReport report = describe(texts(2));
        assertThat(report.uncounted()).isEqualTo(1);
        assertThat(report.usage()).isEqualTo(new Usage(10, 5));
    }

    @Test
    void whatNoRequestCanGetPastEndsTheRun() {
        chat.once("text", LocalServer.body(401, "{\"error\": {\"message\": \"wrong key\"}}"));
        refused("answers 401 (wrong key)", "--api-key-env");
        chat.once("text", LocalServer.body(404, "{\"error\": \"no such model\"}"));
        refused("answers 404 (no such model)", "--api-model");
        chat.once("text", LocalServer.status(402));
        refused("answers 402", "out of credit");
        chat.once("text", LocalServer.status(302, "Location", "https://elsewhere"));
        refused("answers 302", "--base-url");
        assertThat(pauses.taken()).isEmpty();
    }

    @Test
    void tooManyTextsInARowWithoutADescriptionEndTheRun() {
        chat.once("text 0", LocalServer.status(400));
        chat.always("text", ChatServer.saying("no"));
        assertThatThrownBy(() -> describe(endpoint(), answerFile(), ONE_AT_A_TIME, pauses, texts(50), again))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "5 texts in a row got no description, the last because: there is no </explanation>")
                .hasMessageContaining("--give-up-after");
        assertThat(chat.requests().size()).isLessThan(15);
    }

    @Test
    void noMoreRequestsAreUnderWayThanAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(3);
        chat.always("text", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                together.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IOException(e);
            }
            now.decrementAndGet();
            ChatServer.saying("<explanation>• a</explanation>").handle(exchange);
        });
        TeacherReport report =
                describe(endpoint(), answerFile(), new TeacherSettings(3, 2, 5), pauses, texts(9), again);
        assertThat(report.descriptions()).hasSize(9);
        assertThat(most).hasValue(3);
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> new TeacherSettings(0, 1, 0)).hasMessageContaining("--concurrency 0");
        assertThatThrownBy(() -> new TeacherSettings(1, 0, 0)).hasMessageContaining("--answers-per-text 0");
        assertThatThrownBy(() -> new TeacherSettings(1, 1, -1)).hasMessageContaining("--give-up-after -1");
        assertThatThrownBy(() -> new Prices(-1, 0)).hasMessageContaining("-1");
        for (String base : List.of("localhost:8000", "http://a b", "ftp://x", "http://key@host/v1")) {
            assertThatThrownBy(() -> TeacherEndpoint.of(base, Optional.empty(), patience))
                    .hasMessageContaining("--base-url " + base);
        }
        for (String json : List.of("{", "[]", "1")) {
            assertThatThrownBy(() -> ChatRequests.of(
                            "m", PromptTemplate.standard(), 1, OptionalDouble.empty(), Optional.of(json)))
                    .hasMessageContaining("--request " + json);
        }
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> describe(texts(3)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
    }

    private TeacherReport describe(List<TextRow> texts) {
        return describe(endpoint(), answerFile(), ONE_AT_A_TIME, pauses, texts, again);
    }

    private static TeacherReport describe(
            TeacherEndpoint endpoint,
            Path file,
            TeacherSettings settings,
            Pause pause,
            List<TextRow> texts,
            List<String> again) {
        Teacher teacher = new Teacher(
                ChatRequests.of("some-model", PromptTemplate.standard(), 400, OptionalDouble.of(0.5), Optional.empty()),
                new ChatClient(endpoint, Clock.systemUTC()),
                new AnswerReader(DescriptionForm.BULLETS, Marker.CANDIDATES),
                settings,
                new Retries(RetryPolicy.DEFAULT, pause, new SplittableRandom(1)),
                new RequestPace(0, System::nanoTime, pause));
        AnswerFile answers = AnswerFile.open(file);
        try {
            return teacher.run(texts, answers, new TeacherListener() {
                @Override
                public void progress(int done, int total, int undescribed) {}

                @Override
                public void again(String failure, Duration time) {
                    again.add(failure);
                }
            });
        } finally {
            answers.close();
        }
    }

    private TeacherEndpoint endpoint() {
        return new TeacherEndpoint(chat.base(), Optional.of(new Secret("sk-secret")), patience);
    }

    private Path answerFile() {
        return folder.resolve("answers.jsonl");
    }

    private static List<TextRow> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TextRow.of("t" + i, "text " + i))
                .toList();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
