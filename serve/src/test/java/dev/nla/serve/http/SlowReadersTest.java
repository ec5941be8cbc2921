package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.FakeEngine.Asked;
import dev.nla.serve.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Protects the model, memory and other clients from clients that do not read what they asked for, or hardly. */
class SlowReadersTest {
    private static final String STREAM = "{\"adapter\": \"one\", \"text\": \"t\", \"stream\": true}";
    private static final String WHOLE = "{\"adapter\": \"one\", \"text\": \"t\"}";
    private static final int LETTERS = 1 << 20;

    @Test
    void whoDoesNotReadLosesItsOwnStreamAlone() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(settings(), engine);
                Socket deaf = small(server.port(), STREAM)) {
            Asked asked = engine.asked.take();
            // More than the sockets and Java's memory hold; the thread that writes waits for none of it.
            for (int i = 0; i < 20_000 && !asked.answer().isDone(); i++) {
                asked.progress().written(i % 4, "a".repeat(LETTERS));
            }
            engine.atOnce = Optional.of("fine");
            assertThat(server.post("/v1/describe", WHOLE).statusCode()).isEqualTo(200);
            assertThat(asked.answer()).failsWithin(Duration.ofSeconds(60));
            assertThat(asked.answer()).isCancelled();
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    void whoReadsALittleNowAndThenIsLetGoInTheEnd() throws Exception {
        FakeEngine engine = new FakeEngine();
        engine.atOnce = Optional.of("a".repeat(40 * LETTERS));
        try (TestServer server = new TestServer(settings(), engine);
                Socket slow = small(server.port(), WHOLE)) {
            assertThat(readInSips(slow)).isLessThan(40 * LETTERS);
        }
    }

    private static ServeSettings settings() {
        return TestServer.settings(Optional.empty(), 10_000, Duration.ofMillis(500), Duration.ofSeconds(2), 64);
    }

    /** A client with little room for what comes. */
    private static Socket small(int port, String body) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 16);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        String request = TestServer.head("/v1/describe", body.length()) + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Bytes until the connection ends. */
    private static long readInSips(Socket socket) throws InterruptedException {
        byte[] sip = new byte[1 << 16];
        long bytes = 0;
        try (InputStream in = socket.getInputStream()) {
            for (int count = in.read(sip); count >= 0; count = in.read(sip)) {
                bytes += count;
                Thread.sleep(20);
            }
        } catch (IOException reset) {
            // It has ended.
        }
        return bytes;
    }
}
