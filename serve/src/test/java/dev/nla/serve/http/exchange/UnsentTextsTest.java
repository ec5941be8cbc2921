package dev.nla.serve.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Protects the server's memory from clients that do not read, and clients that read from missing the end of a text. */
class UnsentTextsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final UnsentTexts unsent = new UnsentTexts();

    @Test
    void keepsTheNewestTextOfEachSampleAlone() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            unsent.put(0, "a".repeat(i));
            unsent.put(1, "b".repeat(i));
        }
        unsent.end();
        assertThat(unsent.take(LONG)).hasValue(new UnsentTexts.Piece(0, "a".repeat(999)));
        assertThat(unsent.over()).isFalse();
        assertThat(unsent.take(LONG)).hasValue(new UnsentTexts.Piece(1, "b".repeat(999)));
        assertThat(unsent.over()).isTrue();
        assertThat(unsent.take(LONG)).isEmpty();
    }

    @Test
    void whoKeepsUpGetsEveryText() throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (String text : List.of("a", "a river", "a river in")) {
            unsent.put(0, text);
            texts.add(unsent.take(LONG).orElseThrow().text());
        }
        assertThat(texts).containsExactly("a", "a river", "a river in");
    }

    @Test
    void waitsForATextAndForTheEnd() throws Exception {
        CompletableFuture<Optional<UnsentTexts.Piece>> taken = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                taken.complete(unsent.take(LONG));
                unsent.take(LONG);
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        reader.start();
        unsent.put(3, "late");
        assertThat(taken.join()).hasValue(new UnsentTexts.Piece(3, "late"));
        unsent.end();
        reader.join();
    }

    @Test
    void takesNothingAfterTheEnd() {
        unsent.put(0, "a");
        unsent.end();
        unsent.clear();
        unsent.put(0, "a river");
        assertThat(unsent.over()).isTrue();
    }

    @Test
    void nothingComesInTime() throws InterruptedException {
        assertThat(unsent.take(Duration.ofMillis(1))).isEmpty();
        assertThat(unsent.over()).isFalse();
    }
}
