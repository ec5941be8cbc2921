package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects generation in parts: pauses change no token, what is dropped changes nothing for the others, and caches are let go of. */
class GenerationPausesTest {
    private static final int LIMIT = 13;
    private static final List<long[]> SUFFIXES =
            List.of(new long[] {7, 8}, new long[] {9, 100}, new long[] {200, 31}, new long[] {44, 45});
    private static Decoder decoder;
    private static LoraAdapter adapter;

    @BeforeAll
    static void load() {
        decoder = Decoder.load(Fixtures.golden("qwen3"), ComputeType.FLOAT32);
        adapter = PeftFolder.read(Fixtures.golden("qwen3/adapter"), decoder.manager(), decoder.config());
    }

    @AfterAll
    static void close() {
        adapter.close();
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 13, 50})
    void pausesChangeNothing(int chunk) {
        List<Completion> whole = decoder.generate(request(stops()), adapter);
        assertThat(whole).anyMatch(Completion::stopped).anyMatch(each -> !each.stopped());
        try (Generation generation = decoder.begin(request(stops()), adapter)) {
            List<Completion> parts = List.of();
            int shown = 0;
            while (!generation.finished()) {
                parts = generation.advance(chunk);
                shown = Math.min(LIMIT, shown + chunk);
                for (int i = 0; i < parts.size(); i++) {
                    long[] full = whole.get(i).tokens();
                    assertThat(parts.get(i).tokens()).isEqualTo(Arrays.copyOf(full, Math.min(shown, full.length)));
                }
                somethingElse();
            }
            assertThat(parts).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    @Test
    void whatIsDroppedGetsNoMoreTokensAndChangesNothingForTheOthers() {
        List<Completion> whole = decoder.generate(request(List.of()), adapter);
        try (Generation generation = decoder.begin(request(List.of()), adapter)) {
            generation.advance(4);
            generation.drop(0);
            generation.drop(5);
            generation.advance(2);
            generation.drop(6);
            List<Completion> end = generation.advance(LIMIT);
            assertThat(generation.finished()).isTrue();
            for (int i = 0; i < whole.size(); i++) {
                int kept = i == 0 || i == 5 ? 4 : i == 6 ? 6 : LIMIT;
                assertThat(end.get(i).tokens())
                        .isEqualTo(Arrays.copyOf(whole.get(i).tokens(), kept));
            }
        }
    }

    @Test
    void itEndsWhenAllAreDropped() {
        try (Generation generation = decoder.begin(request(List.of()), adapter)) {
            generation.advance(2);
            for (int i = 0; i < SUFFIXES.size() * 2; i++) {
                generation.drop(i);
            }
            List<Completion> end = generation.advance(3);
            assertThat(generation.finished()).isTrue();
            assertThat(end).allMatch(each -> each.tokens().length == 2);
            assertThatThrownBy(() -> generation.advance(1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anotherGenerationPutsItAside() {
        try (Generation second = decoder.begin(request(List.of()), adapter)) {
            try (Generation first = decoder.begin(request(List.of()), adapter)) {
                first.advance(2);
                second.advance(2);
                assertThatThrownBy(() -> first.advance(2))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("put aside");
            }
            assertThat(second.advance(LIMIT)).allMatch(each -> each.tokens().length == LIMIT);
        }
        assertThat(decoder.generating()).isEmpty();
    }

    private static void somethingElse() {
        try (NDManager scope = decoder.manager().newSubManager()) {
            decoder.hidden(
                    scope, TokenBatch.of(SUFFIXES), decoder.noAdapter(), 0, Positions.lastOf(SUFFIXES), Mode.INFERENCE);
        }
    }

    /** Sequences that end some of the completions early, enough of them for the others to be moved together. */
    private static List<long[]> stops() {
        List<Completion> free = decoder.generate(request(List.of()), adapter);
        return List.of(
                Arrays.copyOfRange(free.get(1).tokens(), 1, 3),
                Arrays.copyOfRange(free.get(6).tokens(), 5, 7));
    }

    private static GenerationRequest request(List<long[]> stops) {
        return new GenerationRequest(
                new long[] {5, 60, 61},
                SUFFIXES,
                new float[0][],
                0,
                2,
                new Sampling(1, 0, 1, LIMIT),
                LongStream.range(0, SUFFIXES.size()).toArray(),
                stops);
    }
}
