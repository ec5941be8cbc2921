package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Protects who may ask: the token, loopback without one, and that pages of other sites cannot ask in a user's name. */
class AccessTest {
    private static final ServeSettings WITH_TOKEN =
            TestServer.settings(Optional.of("s3cret"), 10_000, Duration.ofSeconds(30), Duration.ofSeconds(30), 64);

    @Test
    void withATokenOnlyItsBearerIsAnswered() {
        try (TestServer server = new TestServer(WITH_TOKEN, new FakeEngine())) {
            assertThat(server.get("/v1/adapters").statusCode()).isEqualTo(200);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
            for (String header : new String[] {"Bearer wrong", "Bearer", "Basic s3cret", "Bearer s3cret2", ""}) {
                for (String path : new String[] {"/v1/adapters", "/v1/models", "/metrics"}) {
                    assertThat(server.send(bare(server, path, header)).statusCode())
                            .as("%s with '%s'", path, header)
                            .isEqualTo(401);
                }
            }
            assertThat(server.send(bare(server, "/v1/adapters", "bearer s3cret"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void healthAndThePageNeedNoToken() {
        try (TestServer server = new TestServer(WITH_TOKEN, new FakeEngine())) {
            for (String path : new String[] {
                "/", "/page/page.js", "/page/page.css", "/page/api.js", "/page/icon.svg", "/openapi.json", "/health"
            }) {
                assertThat(server.send(bare(server, path, "")).statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void beyondLoopbackATokenIsNeeded() {
        assertThatThrownBy(() -> settings("0.0.0.0", Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("token_file");
        assertThat(settings("0.0.0.0", Optional.of("s3cret")).host()).isEqualTo("0.0.0.0");
        assertThat(settings("127.0.0.1", Optional.empty()).token()).isEmpty();
        assertThat(settings("::1", Optional.empty()).token()).isEmpty();
    }

    @Test
    void withoutATokenOnlyNamesOfThisMachineAreAnswered() throws IOException {
        try (TestServer server = new TestServer(TestServer.settings(), new FakeEngine())) {
            for (String host : new String[] {"localhost", "127.0.0.1:8090", "[::1]:8090"}) {
                assertThat(askAs(server, host)).startsWith("HTTP/1.1 200");
            }
            assertThat(askAs(server, "evil.example")).startsWith("HTTP/1.1 403").contains("\"forbidden\"");
        }
    }

    @Test
    void noOtherSiteMayReadAnswers() {
        try (TestServer server = new TestServer(TestServer.settings(), new FakeEngine())) {
            HttpRequest request = server.to("/v1/adapters")
                    .header("Origin", "https://evil.example")
                    .build();
            assertThat(server.send(request).headers().map()).doesNotContainKey("access-control-allow-origin");
        }
    }

    private static String askAs(TestServer server, String host) throws IOException {
        try (Socket socket =
                server.connect("GET /v1/adapters HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")) {
            return TestServer.all(socket);
        }
    }

    private static HttpRequest bare(TestServer server, String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return authorization.isEmpty()
                ? request.build()
                : request.header("Authorization", authorization).build();
    }

    private static ServeSettings settings(String host, Optional<String> token) {
        return new ServeSettings(
                host, 0, token, 1000, Duration.ofSeconds(1), Duration.ofSeconds(1), 4, Duration.ZERO, 8, 2);
    }
}
