package dev.nla.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.remote.testing.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Protects when something is tried again: how often, after what pause, and that a server that says when is obeyed. */
class RetriesTest {
    private static final RetryPolicy POLICY =
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMinutes(1));

    private final Pauses pauses = new Pauses();
    private final Retries retries = new Retries(POLICY, pauses, new SplittableRandom(1));
    private final List<String> heard = new ArrayList<>();

    @Test
    void pausesDoubleUpToTheLongestAndAreDrawnFromTheirUpperHalf() {
        assertThatThrownBy(() -> run(busy(), busy(), busy(), busy()))
                .isInstanceOf(TransientException.class)
                .hasMessage("busy (4 attempts)");
        assertThat(pauses.taken()).hasSize(3);
        assertThat(pauses.taken().get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(pauses.taken().get(1)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2000));
        assertThat(pauses.taken().get(2)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(3000));
        assertThat(heard).hasSize(3).allMatch(line -> line.startsWith("busy, "));
    }

    @Test
    void theServersOwnPauseIsTakenAsItIs() throws Exception {
        assertThat(run(busyFor(7), busyFor(0), null)).isEqualTo("done");
        assertThat(pauses.taken()).containsExactly(Duration.ofSeconds(7), Duration.ZERO);
    }

    @Test
    void aServerThatWantsTooLongAPauseIsGivenUp() {
        assertThatThrownBy(() -> run(busyFor(3600))).hasMessage("busy, and asks to come back after 3600 s");
        assertThat(pauses.taken()).isEmpty();
    }

    @Test
    void progressBeginsTheCountAnew() throws Exception {
        TransientException on = busy().afterProgress();
        assertThat(run(on, on, on, busy(), busy(), on, on, null)).isEqualTo("done");
        assertThatThrownBy(() -> run(on, busy(), busy(), busy())).hasMessage("busy (4 attempts)");
    }

    @Test
    void aSecretIsNeitherPrintedNorSentInPieces() {
        assertThat(new Secret("hf_abc")).hasToString("***");
        assertThat(new Secret("hf_abc").bearer()).isEqualTo("Bearer hf_abc");
        assertThatThrownBy(() -> new Secret("hf abc"))
                .hasMessageContaining("no header may")
                .hasMessageNotContaining("hf abc");
    }

    /** Attempts that fail in this way each; null succeeds. */
    private String run(TransientException... failures) throws Exception {
        Iterator<TransientException> left = Arrays.asList(failures).iterator();
        return retries.run(
                () -> {
                    TransientException failure = left.next();
                    if (failure != null) {
                        throw failure;
                    }
                    return "done";
                },
                (failure, pause) -> heard.add(failure + ", " + pause));
    }

    private static TransientException busy() {
        return new TransientException("busy", Optional.empty());
    }

    private static TransientException busyFor(long seconds) {
        return new TransientException("busy", Optional.of(Duration.ofSeconds(seconds)));
    }
}
