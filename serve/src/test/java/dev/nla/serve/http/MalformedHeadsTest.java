package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects that whatever is no request in the sense of HTTP gets the documented JSON too, and neither a page of HTML nor silence. */
class MalformedHeadsTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String LOCAL = "Host: localhost\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = java.util.Optional.of("words");
        server = new TestServer(TestServer.settings(), engine);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> heads() {
        List<Arguments> heads = new ArrayList<>();
        add(heads, "no version", "GET /health\r\n" + LOCAL + "\r\n", 400, 505);
        add(heads, "HTTP/0.9", "GET /health\r\n\r\n", 400, 505);
        add(heads, "not HTTP", "hello\r\n\r\n", 400);
        add(heads, "another protocol", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400);
        add(heads, "HTTP/7.7", "GET /health HTTP/7.7\r\n" + LOCAL + "\r\n", 400, 505);
        add(heads, "HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 405, 426, 505);
        add(heads, "no host", "GET /health HTTP/1.1\r\n\r\n", 400);
        add(heads, "two hosts", "GET /health HTTP/1.1\r\n" + LOCAL + LOCAL + "\r\n", 400);
        add(heads, "host with blanks", "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n", 400);
        add(heads, "NUL in the path", "GET /hea\u0000lth HTTP/1.1\r\n" + LOCAL + "\r\n", 400);
        add(heads, "NUL in a header", "GET /health HTTP/1.1\r\n" + LOCAL + "X: a\u0000b\r\n\r\n", 400);
        add(heads, "encoded NUL", "GET /hea%00lth HTTP/1.1\r\n" + LOCAL + "\r\n", 400);
        add(heads, "half a percent", "GET /hea%2 HTTP/1.1\r\n" + LOCAL + "\r\n", 400);
        add(heads, "no hexadecimal digits", "GET /%zz HTTP/1.1\r\n" + LOCAL + "\r\n", 400);
        add(heads, "no UTF-8", "GET /%ff%fe HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404);
        add(heads, "bad percent in a query", "GET /v1/nowhere?a=%zz HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404);
        add(heads, "encoded slash", "GET /a%2f..%2fb HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404);
        add(heads, "path above the root", "GET /../../etc/passwd HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404);
        add(heads, "header without a colon", "GET /health HTTP/1.1\r\n" + LOCAL + "nonsense\r\n\r\n", 400);
        add(heads, "header without a name", "GET /health HTTP/1.1\r\n" + LOCAL + ": x\r\n\r\n", 400);
        add(heads, "blank before the colon", "GET /health HTTP/1.1\r\n" + LOCAL + "X : y\r\n\r\n", 400);
        add(heads, "folded header", "GET /health HTTP/1.1\r\n" + LOCAL + "X: y\r\n z\r\n\r\n", 400);
        add(heads, "large header", "GET /health HTTP/1.1\r\n" + LOCAL + "X: " + "y".repeat(40_000) + "\r\n\r\n", 431);
        add(heads, "large path", "GET /" + "y".repeat(40_000) + " HTTP/1.1\r\n" + LOCAL + "\r\n", 414, 431);
        add(heads, "many headers", "GET /health HTTP/1.1\r\n" + LOCAL + "X: y\r\n".repeat(9_000) + "\r\n", 431);
        add(heads, "unknown method", "BREW /health HTTP/1.1\r\n" + LOCAL + "\r\n", 404, 405, 501);
        add(heads, "TRACE", "TRACE /health HTTP/1.1\r\n" + LOCAL + "\r\n", 404, 405, 501);
        add(heads, "CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404, 405, 501);
        add(heads, "OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404, 405, 501);
        add(heads, "method in small letters", "get /health HTTP/1.1\r\n" + LOCAL + "\r\n", 400, 404, 405, 501);
        add(heads, "length that is no number", post("Content-Length: ten\r\n", ""), 400);
        add(heads, "negative length", post("Content-Length: -5\r\n", ""), 400);
        add(heads, "two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), 400);
        add(heads, "length beyond all numbers", post("Content-Length: 99999999999999999999\r\n", ""), 400, 413);
        add(heads, "length beyond the limit", post("Content-Length: 99999999\r\n", ""), 413);
        add(
                heads,
                "length and chunks",
                post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
                400);
        add(heads, "chunk without a length", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"), 400);
        add(heads, "chunk longer than said", post("Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n"), 400);
        add(heads, "endless chunk", post("Transfer-Encoding: chunked\r\n", "ffffffffff\r\n{}\r\n"), 400);
        add(heads, "another encoding", post("Transfer-Encoding: gzip\r\n", ""), 400, 501);
        add(heads, "expectation of another thing", post("Content-Length: 2\r\nExpect: miracles\r\n", "{}"), 400, 417);
        add(heads, "no length", post("", ""), 400, 411);
        return heads;
    }

    private static void add(List<Arguments> heads, String name, String sent, Integer... statuses) {
        heads.add(Arguments.of(name, sent, List.of(statuses)));
    }

    private static String post(String headers, String body) {
        return "POST /v1/describe HTTP/1.1\r\n" + LOCAL + JSON + headers + "\r\n" + body;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void getsTheDocumentedError(String name, String sent, List<Integer> statuses) throws IOException {
        String answer = answer(sent);
        assertThat(answer).startsWith("HTTP/1.1 ");
        assertThat(statuses).as(answer).contains(Integer.parseInt(answer.substring(9, 12)));
        String[] parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0]).containsIgnoringCase("Content-Type: application/json");
        JsonNode error = new ObjectMapper().readTree(parts[1]).path("error");
        assertThat(error.path("type").asText()).as(answer).isNotBlank();
        assertThat(error.path("message").asText()).as(answer).isNotBlank();
        assertThat(error.has("param")).isTrue();
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Exception", "<html");
    }

    @Test
    void whoExpectsToBeToldToGoOnIsTold() throws IOException {
        String body = "{\"adapter\": \"one\", \"text\": \"t\"}";
        try (Socket socket = server.connect("POST /v1/describe HTTP/1.1\r\n" + LOCAL + JSON
                + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n")) {
            byte[] told = socket.getInputStream().readNBytes(12);
            assertThat(new String(told, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 100");
            socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            assertThat(TestServer.all(socket)).contains("HTTP/1.1 200");
        }
    }

    /** Everything that comes; the client's half is closed, since a server need not close a connection that is still good. */
    private static String answer(String sent) throws IOException {
        try (Socket socket = server.connect("")) {
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return TestServer.all(socket);
        }
    }
}
