package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nla.model.torch.TorchRuntime;
import org.junit.jupiter.api.Test;

/** Protects what users read off their installation: what is in use, and what is missing where they ask for a GPU. */
class EnvTest {
    @Test
    void whatIsInUseIsSaid() {
        Outcome outcome = Outcome.of("env", "--device", "cpu");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("torch           2.7.1").containsPattern("device +cpu, \\d+ threads");
    }

    @Test
    void whoAsksForAGpuWhereNoneIsHearsWhatIsMissing() {
        assumeTrue(TorchRuntime.gpus() == 0, "this machine has a GPU");
        Outcome outcome = Outcome.of("env", "--device", "cuda");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("driver +\\S").doesNotContain("device  ");
        assertThat(outcome.err())
                .startsWith("nla: --device cuda: torch sees 0 GPUs: ")
                .hasLineCount(1);
    }

    @Test
    void aDeviceThatIsNoneIsRefused() {
        Outcome outcome = Outcome.of("env", "--device", "tpu");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("device is 'tpu'");
    }
}
