package dev.nla.remote.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.remote.http.Pause;
import dev.nla.remote.teacher.answer.AnswerFile;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.PromptTemplate;
import dev.nla.remote.teacher.chat.TeacherEndpoint;
import dev.nla.remote.teacher.chat.TokenUsage;
import dev.nla.remote.testing.ChatServer;
import dev.nla.remote.testing.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Protects asking a teacher: every text gets its description, no answer is paid for twice, and none is lost, whenever a run ends. */
class TeacherTest extends TeacherCase {
    /** The process to kill: describes eight texts one after the other, by the endpoint and into the file it is given. */
    public static void main(String[] arguments) {
        TeacherEndpoint endpoint =
                new TeacherEndpoint(URI.create(arguments[0]), Optional.empty(), Duration.ofSeconds(60));
        describe(endpoint, Path.of(arguments[1]), ONE_AT_A_TIME, Pause.real(), texts(8), new ArrayList<>());
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
        assertThat(report.usage()).isEqualTo(new TokenUsage(30, 15));
        assertThat(new Prices(2, 10).of(report.usage())).isEqualTo(0.00021);
    }

    @Test
    void partsThatAreThoughtsAndTheFieldOfReasoningAreNotTheAnswer() {
        chat.once("text 0", LocalServer.body(200, """
                {"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": [
                  {"type": "thinking", "thinking": [{"type": "text", "text": "<explanation>• draft</explanation>"}]},
                  {"type": "text", "text": "<explanation>• a "}, {"type": "text", "text": "river</explanation>"}]}}]}"""));
        chat.once("text 1", LocalServer.body(200, """
                {"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": null,
                  "reasoning_content": "<explanation>• draft</explanation>"}}]}"""));
        TeacherReport report = describe(texts(2));
        assertThat(report.descriptions())
                .containsExactly(Map.entry("t0", "• a river"), Map.entry("t1", "• says: text 1"));
        assertThat(report.requests()).isEqualTo(3);
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
        assertThat(report.usageOfAll()).isEqualTo(new TokenUsage(20, 10));
    }

    @Test
    void whatWasAnsweredIsNotAskedAgain() {
        describe(texts(3));
        chat.repair();
        TeacherReport report = describe(texts(5));
        assertThat(chat.texts()).containsExactlyInAnyOrder("text 3", "text 4");
        assertThat(report.descriptions()).hasSize(5);
        assertThat(report.kept()).isEqualTo(3);
        assertThat(report.usage()).isEqualTo(new TokenUsage(20, 10));
        assertThat(report.usageOfAll()).isEqualTo(new TokenUsage(50, 25));
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
        assertThatThrownBy(() -> new TeacherSettings(0, 1, 0)).hasMessageContaining("concurrency 0");
        assertThatThrownBy(() -> new TeacherSettings(1, 0, 0)).hasMessageContaining("answers_per_text 0");
        assertThatThrownBy(() -> new TeacherSettings(1, 1, -1)).hasMessageContaining("give_up_after -1");
        assertThatThrownBy(() -> new Prices(-1, 0)).hasMessageContaining("-1");
        for (String base : List.of("localhost:8000", "http://a b", "ftp://x", "http://key@host/v1")) {
            assertThatThrownBy(() -> TeacherEndpoint.of(base, Optional.empty(), patience))
                    .hasMessageContaining("base_url " + base);
        }
        for (String json : List.of("{", "[]", "1")) {
            assertThatThrownBy(() -> ChatRequests.of(
                            "m", PromptTemplate.standard(), 1, OptionalDouble.empty(), Optional.of(json)))
                    .hasMessageContaining("request " + json);
        }
    }
}
