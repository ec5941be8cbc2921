package dev.nla.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Protects that torch computes with the number of threads that was asked for, and that records name the one it has. */
class TorchRuntimeTest {
    private final int before = TorchRuntime.threads();

    @AfterEach
    void asBefore() {
        TorchRuntime.useThreads(before);
    }

    @Test
    void theNumberOfThreadsHoldsFromNowOnAndForThreadsOfOurs() {
        TorchRuntime.useThreads(before + 1);
        assertThat(TorchRuntime.threads()).isEqualTo(before + 1);
        assertThat(CompletableFuture.supplyAsync(TorchRuntime::threads, work -> new Thread(work).start())
                        .join())
                .isEqualTo(before + 1);
    }
}
