package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Protects what a server holds when nobody asks: after a burst its threads and connections are as few as before. */
@DisabledOnOs(OS.WINDOWS)
class BurstTest {
    private static final int CONNECTIONS = 500;
    /** Threads and files that the machine itself may open meanwhile. */
    private static final int MARGIN = 16;

    private static final String DESCRIBE = "{\"adapter\": \"one\", \"text\": \"t\"}";

    @Test
    void threadsAndConnectionsAreAsFewAsBefore() throws Exception {
        FakeEngine engine = new FakeEngine();
        try (TestServer server = new TestServer(
                TestServer.settings(
                        Optional.empty(), 10_000, Duration.ofSeconds(60), Duration.ofSeconds(2), CONNECTIONS),
                engine)) {
            burst(server, engine, 1);
            long threads = threads();
            long files = files();
            burst(server, engine, CONNECTIONS);
            assertReturns(BurstTest::threads, threads + MARGIN);
            assertReturns(BurstTest::files, files + MARGIN);
        }
    }

    /** All ask before the first is answered; half of the clients leave, the others keep their connection until the server closes it. */
    private static void burst(TestServer server, FakeEngine engine, int connections) throws Exception {
        List<Socket> all = new ArrayList<>();
        List<FakeEngine.Asked> asked = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(server.connect(TestServer.head("/v1/describe", DESCRIBE.length()) + DESCRIBE));
            asked.add(engine.asked.take());
        }
        if (connections > 1) {
            assertThat(threads()).isGreaterThan(connections);
        }
        asked.forEach(each -> each.say("fine"));
        for (int i = 0; i < connections; i++) {
            try (Socket socket = all.get(i)) {
                if (i % 2 == 0) {
                    assertThat(TestServer.all(socket)).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    private static void assertReturns(LongSupplier count, long most) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (count.getAsLong() > most && System.nanoTime() < until) {
            Thread.sleep(100);
        }
        assertThat(count.getAsLong()).isLessThanOrEqualTo(most);
    }

    private static long threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long files() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
