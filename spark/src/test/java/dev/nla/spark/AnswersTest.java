package dev.nla.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.workers.Likeness;
import dev.nla.model.workers.WorkerFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Protects that answers are handed on in the order of the parts whenever they come, and that unlike executors are noticed by them. */
class AnswersTest {
    @RepeatedTest(50)
    void answersComeInTheOrderOfTheParts() {
        List<Integer> parts = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(parts);
        List<Integer> handed = new ArrayList<>();
        InOrder order = new InOrder(6, answer -> handed.add((int) answer[0]));
        for (int part : parts) {
            order.take(part, new byte[] {(byte) part});
        }
        assertThat(handed).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void noAnswerIsHandedOnAfterOneThatIsRefused() {
        List<Integer> handed = new ArrayList<>();
        InOrder order = new InOrder(3, answer -> {
            handed.add((int) answer[0]);
            if (answer[0] == 1) {
                throw new IllegalStateException("refused");
            }
        });
        order.take(2, new byte[] {2});
        order.take(0, new byte[] {0});
        assertThatThrownBy(() -> order.take(1, new byte[] {1})).hasMessage("refused");
        order.take(2, new byte[] {2});
        assertThat(handed).containsExactly(0, 1);
    }

    @Test
    void executorsThatDifferInWhatResultsDependOn() {
        WorkerFacts wide = new WorkerFacts("a executor 0", "amd64 avx2 avx512f", "2.7.1", 2, "cpu");
        WorkerFacts narrow = new WorkerFacts("b executor 1", "amd64 avx2", "2.7.1", 2, "cpu");
        Likeness alike = new Likeness(false);
        alike.require(wide);
        alike.require(new WorkerFacts("c executor 2", "amd64 avx2 avx512f", "2.7.1", 2, "cpu"));
        assertThatThrownBy(() -> alike.require(narrow))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("b executor 1 has amd64 avx2, torch 2.7.1, 2 threads, cpu")
                .hasMessageContaining("mixed_workers");
        Likeness mixed = new Likeness(true);
        mixed.require(wide);
        mixed.require(narrow);
        assertThat(mixed.seen()).hasSize(2);
    }
}
