package dev.nla.serve.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Protects the queue: what is run together, in which order, who is refused, and that a failure stays with its cause. */
class WorkerTest {
    private final Worker worker = new Worker(5, WorkObserver.none());
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    /** Work that says its name. */
    private static final class Word extends Work<Word, String> {
        private final String word;

        Word(Kind<Word> kind, String word) {
            super(kind);
            this.word = word;
        }
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void whatIsOfAKindRunsTogetherAndTheRestKeepsItsOrder() {
        CountDownLatch busy = block();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String word : List.of("a1", "b1", "a2", "b2", "a3")) {
            answers.add(worker.submit(word(word.substring(0, 1), word)));
        }
        busy.countDown();
        answers.forEach(CompletableFuture::join);
        assertThat(ran).containsExactly("a1 a2", "b1 b2", "a3");
    }

    @Test
    void aFailureStaysWithItsCause() {
        CountDownLatch busy = block();
        CompletableFuture<String> good = worker.submit(word("a", "good"));
        CompletableFuture<String> bad = worker.submit(word("a", "bad"));
        busy.countDown();
        assertThat(good.join()).isEqualTo("good");
        assertThatThrownBy(bad::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RequestException.class, failure -> assertThat(failure.fault())
                        .isEqualTo(Fault.INTERNAL))
                .hasMessageNotContaining("bad");
        assertThat(worker.submit(word("a", "after")).join()).isEqualTo("after");
    }

    @Test
    void wrongInputSaysWhatIsWrong() {
        CompletableFuture<String> wrong = worker.submit(word("a", "wrong"));
        assertThatThrownBy(wrong::join).cause().hasMessage("wrong is wrong");
    }

    @Test
    void whatNobodyWaitsForIsNotDone() {
        CountDownLatch busy = block();
        CompletableFuture<String> left = worker.submit(word("a", "left"));
        CompletableFuture<String> kept = worker.submit(word("a", "kept"));
        left.cancel(false);
        assertThat(worker.waiting()).isEqualTo(1);
        busy.countDown();
        kept.join();
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void whenItStopsWhatIsThereIsDoneAndNothingElse() {
        CountDownLatch busy = block();
        CompletableFuture<String> there = worker.submit(word("a", "there"));
        busy.countDown();
        worker.drain(Duration.ofSeconds(30));
        assertThat(there).isCompletedWithValue("there");
        assertThatThrownBy(() -> worker.submit(word("a", "late")))
                .isInstanceOfSatisfying(RequestException.class, refused -> assertThat(refused.fault())
                        .isEqualTo(Fault.STOPPING));
    }

    @Test
    void withoutPatienceTheRestIsGivenUp() {
        CountDownLatch busy = block();
        CompletableFuture<String> waiting = worker.submit(word("a", "waiting"));
        worker.drain(Duration.ZERO);
        busy.countDown();
        assertThatThrownBy(waiting::join).cause().hasMessageContaining("the server stopped before");
    }

    /** Keeps the worker busy until the latch is counted down. */
    private CountDownLatch block() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        worker.submit(new Errand<>("block", () -> {
            begun.countDown();
            await(end);
            return "";
        }));
        await(begun);
        return end;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Word word(String kind, String word) {
        return new Word(new Work.Kind<>("word", kind, 2, this::run), word);
    }

    private void run(List<Word> batch) {
        for (Word work : batch) {
            if (work.word.equals("bad")) {
                throw new IllegalStateException("bad");
            }
            if (work.word.equals("wrong")) {
                throw InputException.data("wrong is %s", work.word);
            }
        }
        ran.add(String.join(" ", batch.stream().map(work -> work.word).toList()));
        batch.forEach(work -> work.result().complete(work.word));
    }
}
