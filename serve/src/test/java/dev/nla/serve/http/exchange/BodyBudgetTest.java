package dev.nla.serve.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Protects Java's memory from many requests that are each within their limits: what is kept is counted, what is worked on takes turns. */
class BodyBudgetTest {
    private static final RequestException LATE = RequestException.of(Fault.TIMEOUT, "late");

    @Test
    void whatIsTakenIsCountedAndGivenBackWhole() {
        BodyBudget budget = new BodyBudget(100);
        BodyBudget.Share one = budget.new Share();
        BodyBudget.Share two = budget.new Share();
        assertThat(one.take(60)).isTrue();
        assertThat(two.take(60)).isFalse();
        assertThat(two.take(40)).isTrue();
        assertThat(budget.kept()).isEqualTo(100);
        one.release();
        one.release();
        assertThat(budget.kept()).isEqualTo(40);
        two.release();
        assertThat(budget.kept()).isZero();
    }

    @Test
    void bodiesThatTogetherNeedMoreThanThereIsAreWorkedOnOneAfterTheOther() {
        BodyBudget budget = new BodyBudget(1 << 20);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(CompletableFuture.runAsync(() -> work(budget, 1 << 20, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                return now.decrementAndGet();
            })));
        }
        all.forEach(CompletableFuture::join);
        assertThat(most).hasValue(1);
    }

    @Test
    void whoseTurnDoesNotComeIsTold() throws Exception {
        BodyBudget budget = new BodyBudget(1 << 20);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> work(budget, 1 << 20, () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 0;
        }));
        begun.await();
        assertThatThrownBy(() -> budget.work(100, Duration.ofMillis(50), LATE, () -> 0))
                .isSameAs(LATE);
        end.countDown();
        first.join();
        assertThat(budget.work(100, Duration.ofMillis(50), LATE, () -> 7)).isEqualTo(7);
    }

    @Test
    void whatWasTakenForAFailureIsGivenBack() throws InterruptedException {
        BodyBudget budget = new BodyBudget(1 << 20);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> budget.work(1 << 20, Duration.ofMillis(50), LATE, () -> {
                        throw new OutOfMemoryError("of the test");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(budget.work(1 << 20, Duration.ofMillis(50), LATE, () -> 7)).isEqualTo(7);
    }

    private static int work(BodyBudget budget, long bytes, BodyBudget.Step<Integer> step) {
        try {
            return budget.work(bytes, Duration.ofMinutes(1), LATE, step);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
