package dev.nla.remote.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.remote.teacher.chat.TokenUsage;
import dev.nla.remote.testing.ChatServer;
import dev.nla.remote.testing.LocalServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects against all that an endpoint may do wrong: it is tried again, listed, or ends the run with one clear error. */
class TeacherFaultsTest extends TeacherCase {
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
        patience = Duration.ofMillis(1500);
        chat.once("text 0", LocalServer.silent("{\"choices\": [{\"message\"".getBytes(StandardCharsets.UTF_8), 10));
        chat.once("text 0", exchange -> {});
        assertThat(describe(texts(1)).descriptions()).hasSize(1);
        assertThat(again).hasSize(2).allMatch(line -> line.contains("gave no whole answer within 1.5 s"));
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
        assertThat(report.usage()).isEqualTo(new TokenUsage(20, 10));
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
        assertThat(report.usage()).isEqualTo(new TokenUsage(10, 5));
    }

    @Test
    void whatNoRequestCanGetPastEndsTheRun() {
        chat.once("text", LocalServer.body(401, "{\"error\": {\"message\": \"wrong key\"}}"));
        refused("answers 401 (wrong key)", "api_key_env");
        chat.once("text", LocalServer.body(404, "{\"error\": \"no such model\"}"));
        refused("answers 404 (no such model)", "api_model");
        chat.once("text", LocalServer.status(402));
        refused("answers 402", "out of credit");
        chat.once("text", LocalServer.status(302, "Location", "https://elsewhere"));
        refused("answers 302", "base_url");
        assertThat(chat.requests()).as("one for each run").hasSize(4);
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
                .hasMessageContaining("give_up_after");
        assertThat(chat.requests().size()).isLessThan(15);
    }

    @Test
    void anEndpointThatWantsHoursIsGivenUpAndHoldsUpNobody() {
        chat.once("text 0", LocalServer.status(429, "Retry-After", "7200"));
        TeacherReport report = describe(texts(2));
        assertThat(report.failed()).containsEntry("t0", "the endpoint answers 429, and asks to come back after 7200 s");
        assertThat(report.descriptions()).containsOnlyKeys("t1");
        assertThat(pauses.taken()).isEmpty();
    }
}
