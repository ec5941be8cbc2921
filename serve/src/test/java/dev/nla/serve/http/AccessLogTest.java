package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Protects the lines that people read of what was asked: one for each request, without what a browser or a watcher asks by itself. */
class AccessLogTest {
    private static final String WHEN_AND_HOW_LONG = "\\d\\d:\\d\\d:\\d\\d %s \\d+(\\.\\d\\d)? m?s";

    @Test
    void eachRequestIsALineOfTimeMethodPathStatusAndDuration() {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("fine");
        try (TestServer server = new TestServer(TestServer.settings(), engine)) {
            server.get("/");
            server.get("/page/page.js");
            server.get("/health");
            server.get("/metrics");
            server.post("/v1/describe", "{\"adapter\": \"one\", \"text\": \"t\"}");
            server.post("/v1/describe", "{}");
            server.get("/v1/nothing?token=secret");
            while (server.access().size() < 4) {
                LockSupport.parkNanos(1_000_000);
            }
            List<String> expected =
                    List.of("GET / 200", "POST /v1/describe 200", "POST /v1/describe 400", "GET /v1/nothing 404");
            assertThat(server.access()).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(server.access().get(i)).matches(WHEN_AND_HOW_LONG.formatted(expected.get(i)));
            }
        }
    }
}
