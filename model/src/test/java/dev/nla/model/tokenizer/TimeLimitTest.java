package dev.nla.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects commands from tokenizers whose regular expressions take hours: the text is given up in one line, and nothing of it is freed in use. */
class TimeLimitTest {
    @TempDir
    Path folder;

    @Test
    void aTextThatTakesTooLongIsGivenUpAndOthersGoOn() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []}, "pre_tokenizer":
                {"type": "Split", "pattern": {"Regex": "[ab]?[ab]?[ab]?[ab]?[ab]?[ab]?[ab]?[ab]?[ab]+[cd]"}, "behavior": "Isolated", "invert": false}}
                """);
        try (Tokenizer tokenizer = Tokenizer.open(folder, Duration.ofMillis(1))) {
            String slow = "a".repeat(2400) + "b";
            assertThatThrownBy(() -> tokenizer.encode(slow))
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll(
                            folder + "/tokenizer.json: a text of 2401 characters", "seconds", "regular expression");
        }
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.encode("aab")).containsExactly(0, 0, 1);
        }
    }

    @Test
    void whatIsThrownComesAsItWasAndAnInterruptionIsKept() {
        TimeLimit limit = new TimeLimit();
        assertThatThrownBy(() -> limit.during(Duration.ofMinutes(1), () -> {
                    throw new IllegalStateException("closed");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("closed");
        assertThatThrownBy(() -> limit.during(Duration.ofMinutes(1), () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        Thread.currentThread().interrupt();
        assertThat(limit.during(Duration.ofMinutes(1), () -> "done")).contains("done");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(limit.exceeded()).isFalse();
        CountDownLatch never = new CountDownLatch(1);
        assertThat(limit.during(Duration.ofMillis(1), () -> {
                    try {
                        never.await();
                        return "ended";
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isEmpty();
        assertThat(limit.exceeded()).isTrue();
        never.countDown();
    }
}
