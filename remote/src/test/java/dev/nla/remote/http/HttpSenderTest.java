package dev.nla.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.remote.testing.RawServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Protects against servers that hang, break off, never end or are not there: each is a failure that may pass, and none holds us up. */
class HttpSenderTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final HttpSender sender = new HttpSender();

    @Test
    void theWholeAnswerIsWaitedFor() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")) {
            assertThat(send(server.address(), LONG).body()).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void silenceBeforeTheHeadersEnds() throws Exception {
        try (RawServer server = RawServer.sayingThenSilent("")) {
            fails(server.address(), SHORT, "gave no whole answer within 0.3 s");
        }
    }

    @Test
    void silenceInTheMiddleOfTheBodyEnds() throws Exception {
        try (RawServer server = RawServer.sayingThenSilent("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi")) {
            fails(server.address(), SHORT, "gave no whole answer within 0.3 s");
        }
    }

    @Test
    void aBodyThatNeverEndsIsCutOffInTimeOrLength() throws Exception {
        try (RawServer server = RawServer.endless("HTTP/1.1 200 OK\r\n\r\n")) {
            fails(server.address(), LONG, "does not end after 100000 bytes");
        }
    }

    @Test
    void brokenConnectionsAreFailuresThatMayPass() throws Exception {
        try (RawServer server = RawServer.resetting()) {
            fails(server.address(), LONG, "broke off");
        }
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi")) {
            fails(server.address(), LONG, "broke off");
        }
        try (RawServer server = RawServer.saying("SSH-2.0-what\r\n\r\n")) {
            fails(server.address(), LONG, "broke off");
        }
    }

    @Test
    void nobodyThereIsAFailureThatMayPass() throws Exception {
        URI gone;
        try (RawServer server = RawServer.resetting()) {
            gone = server.address();
        }
        fails(gone, LONG, "no connection to " + gone.getAuthority());
    }

    @Test
    void retryAfterIsReadInSecondsAndAsADate() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
        assertThat(AnswerHeaders.retryAfter(saying("17"), clock)).contains(Duration.ofSeconds(17));
        assertThat(AnswerHeaders.retryAfter(saying("Mon, 23 Nov 2026 10:01:30 GMT"), clock))
                .contains(Duration.ofSeconds(90));
        assertThat(AnswerHeaders.retryAfter(saying("Mon, 23 Nov 2026 09:00:00 GMT"), clock))
                .contains(Duration.ZERO);
        assertThat(AnswerHeaders.retryAfter(saying("soon"), clock)).isEmpty();
    }

    private HttpResponse<byte[]> saying(String retryAfter) throws Exception {
        String head = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: " + retryAfter + "\r\n\r\n";
        try (RawServer server = RawServer.saying(head)) {
            return send(server.address(), LONG);
        }
    }

    private void fails(URI address, Duration limit, String message) {
        assertThatThrownBy(() -> send(address, limit))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining(message);
    }

    private HttpResponse<byte[]> send(URI address, Duration limit) throws Exception {
        return sender.send(HttpRequest.newBuilder(address).build(), info -> StreamedBody.limited(100_000), limit);
    }
}
