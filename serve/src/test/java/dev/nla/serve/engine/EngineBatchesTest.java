package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.model.InputException;
import dev.nla.model.decoder.memory.PassMemory;
import dev.nla.model.decoder.memory.PassMemory.Writing;
import dev.nla.model.generation.Sampling;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.engine.work.WorkObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects what the engine does with its queue and its memory: batches answer as single requests do, and what does not fit is refused. */
class EngineBatchesTest extends ServedEngine {
    @Test
    void anAnswerIsTheSameAloneAndInABatch() {
        List<DescribeRequest> requests = IntStream.range(0, 12)
                .mapToObj(i -> request(
                        i % 2 == 0 ? text("a text of number " + i, i % 3) : new Target.OfVector(vector(i)),
                        1,
                        new Sampling(8, 0, 1, 4 + i),
                        i))
                .toList();
        List<DescribeResponse> alone = requests.stream()
                .map(request -> engine.describe(request, Progress.NONE).join())
                .toList();
        List<CompletableFuture<DescribeResponse>> together = new ArrayList<>();
        whileTheWorkerIsBusy(() -> requests.forEach(request -> together.add(engine.describe(request, Progress.NONE))));
        assertThat(alone.stream().map(each -> each.descriptions().get(0).text()).distinct())
                .hasSizeGreaterThan(6);
        for (int i = 0; i < alone.size(); i++) {
            DescribeResponse batched = together.get(i).join();
            assertThat(batched.descriptions().get(0).text())
                    .isEqualTo(alone.get(i).descriptions().get(0).text());
            assertThat(batched.usage()).isEqualTo(alone.get(i).usage());
            assertThat(trip(batched).centeredCosine())
                    .isCloseTo(trip(alone.get(i)).centeredCosine(), within(1e-4));
            assertThat(batched.place()).isEqualTo(alone.get(i).place());
        }
        assertThat(gate.sizes).contains(12);
    }

    @Test
    void aFullQueueRefusesAndWhoeverLeavesMakesRoom() {
        List<CompletableFuture<DescribeResponse>> waiting = new ArrayList<>();
        DescribeRequest request = request(new Target.OfVector(vector(0)), 1, DRAWN, 0);
        whileTheWorkerIsBusy(() -> {
            for (int i = 0; i < 20; i++) {
                waiting.add(engine.describe(request, Progress.NONE));
            }
            assertThatThrownBy(() -> engine.describe(request, Progress.NONE))
                    .isInstanceOfSatisfying(RequestException.class, refused -> assertThat(refused.fault())
                            .isEqualTo(Fault.QUEUE_FULL));
            waiting.remove(4).cancel(false);
            assertThat(engine.waiting()).isEqualTo(19);
            waiting.add(engine.describe(request, Progress.NONE));
        });
        waiting.forEach(answer -> assertThat(answer.join().descriptions()).hasSize(1));
    }

    @Test
    void batchesAreCutToTheMemoryThereIsAndAnswersStayTheSame() {
        PassMemory memory = new PassMemory(decoder.config(), decoder.computeType());
        long bytes = Math.max(memory.reading(1, 200), memory.writing(new Writing(8, 16, 12, false), 1, 2));
        List<DescribeRequest> requests = IntStream.range(0, 6)
                .mapToObj(i -> request(text("a text of number " + i, i % 3), 16, DRAWN, i))
                .toList();
        List<DescribeResponse> free = requests.stream()
                .map(request -> engine.describe(request, Progress.NONE).join())
                .toList();
        EngineSettings settings = served.settings(20, served.data(), bytes);
        try (ModelEngine tight = new ModelEngine(decoder, tokenizer, settings, WorkObserver.none())) {
            List<CompletableFuture<DescribeResponse>> answers = requests.stream()
                    .map(request -> tight.describe(request, Progress.NONE))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).join().descriptions())
                        .extracting(DescribeResponse.Written::text)
                        .isEqualTo(free.get(i).descriptions().stream()
                                .map(DescribeResponse.Written::text)
                                .toList());
            }
        }
    }

    @Test
    void whatNeverFitsIsRefusedWithWhatWould() {
        PassMemory memory = new PassMemory(decoder.config(), decoder.computeType());
        EngineSettings settings = served.settings(20, served.data(), memory.reading(1, 200));
        try (ModelEngine tight = new ModelEngine(decoder, tokenizer, settings, WorkObserver.none())) {
            tight.extract(new ExtractRequest("x".repeat(200), PromptStyle.RAW, List.of(0), List.of()))
                    .join();
            RequestException refused = catchThrowableOfType(
                    RequestException.class,
                    () -> tight.extract(new ExtractRequest("x".repeat(240), PromptStyle.RAW, List.of(0), List.of())));
            assertThat(refused.fault()).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(refused.parameter()).hasValue("text");
            assertThat(refused).hasMessageContaining("has 240 tokens, more than the 20");
        }
        EngineSettings nothing = served.settings(20, served.data(), 1000);
        assertThatThrownBy(() -> new ModelEngine(decoder, tokenizer, nothing, WorkObserver.none()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("give the server more memory");
    }
}
