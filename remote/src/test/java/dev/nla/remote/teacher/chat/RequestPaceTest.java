package dev.nla.remote.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.remote.http.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects an endpoint's limit: no more requests a minute than agreed, and none while it wants to be left alone. */
class RequestPaceTest {
    private long now = 1_000_000;
    private final List<Duration> pauses = new ArrayList<>();
    private final Pause pause = time -> {
        pauses.add(time);
        now += time.toNanos();
    };

    @Test
    void requestsAreSpacedEvenly() throws InterruptedException {
        RequestPace pace = new RequestPace(120, () -> now, pause);
        for (int i = 0; i < 4; i++) {
            pace.await();
        }
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500));
        now += Duration.ofSeconds(10).toNanos();
        pace.await();
        pace.await();
        assertThat(pauses).hasSize(4);
    }

    @Test
    void allWaitWhileTheEndpointWantsToBeLeftAlone() throws InterruptedException {
        RequestPace pace = new RequestPace(0, () -> now, pause);
        pace.await();
        pace.hold(Duration.ofSeconds(7));
        pace.hold(Duration.ofSeconds(3));
        pace.await();
        pace.await();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aNegativePaceIsRefused() {
        assertThatThrownBy(() -> new RequestPace(-1, () -> now, pause)).hasMessageContaining("requests_per_minute -1");
    }
}
