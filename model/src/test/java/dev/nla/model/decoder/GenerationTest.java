package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.testing.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Protects sampling: seeds, temperature, top-k and top-p, stop sequences, the log-probabilities that come back, and that neither the rest
 * of a batch, nor compaction, nor the shared prefix changes what a prompt gets.
 */
class GenerationTest {
    private static final long[] PREFIX = {5, 60, 61, 62};
    private static final List<long[]> SUFFIXES = List.of(
            new long[] {7, 8}, new long[] {9, 100}, new long[] {200, 31}, new long[] {44, 45}, new long[] {3, 3});
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

    @Test
    void aPromptsCompletionsDependOnItsOwnSeedAlone() {
        Sampling sampling = new Sampling(1, 0, 1, 12);
        List<Completion> free = generate(PREFIX, SUFFIXES, sampling, 3, List.of());
        List<long[]> stops = List.of(
                Arrays.copyOfRange(free.get(0).tokens(), 1, 3),
                Arrays.copyOfRange(free.get(7).tokens(), 4, 5),
                Arrays.copyOfRange(free.get(11).tokens(), 6, 8));
        List<Completion> together = generate(PREFIX, SUFFIXES, sampling, 3, stops);
        for (int i = 0; i < SUFFIXES.size(); i++) {
            List<Completion> alone = decoder.generate(
                    new GenerationRequest(
                            new long[0],
                            List.of(concat(PREFIX, SUFFIXES.get(i))),
                            new float[0][],
                            0,
                            3,
                            sampling,
                            new long[] {1000 + i},
                            stops),
                    adapter);
            for (int g = 0; g < 3; g++) {
                assertThat(alone.get(g).tokens())
                        .isEqualTo(together.get(i * 3 + g).tokens());
            }
        }
        assertThat(together.stream().filter(Completion::stopped).count()).isGreaterThan(2);
        assertThat(together.stream()
                        .map(c -> Arrays.toString(c.tokens()))
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void logProbabilitiesAreThoseOfTheModelAtTheSamplingTemperature() {
        Sampling sampling = new Sampling(0.7f, 40, 0.9f, 6);
        List<Completion> completions = generate(PREFIX, SUFFIXES, sampling, 1, List.of());
        for (int i = 0; i < SUFFIXES.size(); i++) {
            long[] tokens = completions.get(i).tokens();
            long[] row = concat(concat(PREFIX, SUFFIXES.get(i)), Arrays.copyOf(tokens, 5));
            int first = PREFIX.length + SUFFIXES.get(i).length - 1;
            try (NDManager scope = decoder.manager().newSubManager()) {
                float[] scores = decoder.score(
                                scope,
                                TokenBatch.of(List.of(row)),
                                adapter,
                                new Positions(
                                        new int[6],
                                        new int[] {first, first + 1, first + 2, first + 3, first + 4, first + 5}),
                                tokens,
                                0.7f,
                                false,
                                Mode.INFERENCE)
                        .logProbabilities()
                        .toFloatArray();
                assertThat(completions.get(i).logProbabilities()).containsExactly(scores, within(1e-4f));
            }
        }
    }

    @Test
    void aStopSequenceEndsACompletionAndBelongsToIt() {
        List<Completion> free = generate(PREFIX, SUFFIXES, Sampling.greedy(10), 1, List.of());
        long[] stop = Arrays.copyOfRange(free.get(1).tokens(), 2, 5);
        List<Completion> stopped = generate(PREFIX, SUFFIXES, Sampling.greedy(10), 1, List.of(stop));
        assertThat(stopped.get(1).tokens()).isEqualTo(Arrays.copyOf(free.get(1).tokens(), 5));
        assertThat(stopped.get(1).stopped()).isTrue();
        assertThat(free).noneMatch(Completion::stopped);
    }

    @Test
    void oneCandidateIsGreedy() {
        List<Completion> greedy = generate(PREFIX, SUFFIXES, Sampling.greedy(8), 1, List.of());
        List<Completion> topOne = generate(PREFIX, SUFFIXES, new Sampling(1.3f, 1, 1, 8), 1, List.of());
        List<Completion> tinyNucleus = generate(PREFIX, SUFFIXES, new Sampling(1.3f, 0, 1e-6f, 8), 1, List.of());
        for (int i = 0; i < greedy.size(); i++) {
            assertThat(topOne.get(i).tokens()).isEqualTo(greedy.get(i).tokens());
            assertThat(tinyNucleus.get(i).tokens()).isEqualTo(greedy.get(i).tokens());
        }
    }

    @Test
    void tokensAreDrawnAsOftenAsTheModelSays() {
        int draws = 6000;
        Map<Long, Integer> counts = new HashMap<>();
        Map<Long, Float> probabilities = new HashMap<>();
        for (Completion one : draw(new Sampling(0.5f, 0, 1, 1), draws)) {
            counts.merge(one.tokens()[0], 1, Integer::sum);
            probabilities.put(one.tokens()[0], (float) Math.exp(one.logProbabilities()[0]));
        }
        int compared = 0;
        for (Map.Entry<Long, Float> entry : probabilities.entrySet()) {
            double p = entry.getValue();
            if (p * draws > 50) {
                double deviation = Math.sqrt(p * (1 - p) / draws);
                assertThat(counts.get(entry.getKey()) / (double) draws).isCloseTo(p, within(4.5 * deviation));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2);
    }

    @Test
    void topKAndTopPKeepTheLikeliestTokens() {
        List<Completion> all = draw(new Sampling(1, 0, 1, 1), 3000);
        Map<Long, Float> scores = new HashMap<>();
        all.forEach(one -> scores.put(one.tokens()[0], one.logProbabilities()[0]));
        List<Long> ranked = new ArrayList<>(scores.keySet());
        ranked.sort((a, b) -> Float.compare(scores.get(b), scores.get(a)));
        assertThat(draw(new Sampling(1, 3, 1, 1), 400))
                .allMatch(one -> ranked.subList(0, 3).contains(one.tokens()[0]));
        double nucleus = Math.exp(scores.get(ranked.get(0))) + 0.5 * Math.exp(scores.get(ranked.get(1)));
        assertThat(draw(new Sampling(1, 0, (float) nucleus, 1), 400))
                .allMatch(one -> ranked.subList(0, 2).contains(one.tokens()[0]));
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new Sampling(-1, 0, 1, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> new Sampling(Float.NaN, 0, 1, 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Sampling(1, -1, 1, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("top_k");
        assertThatThrownBy(() -> new Sampling(1, 0, 0, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("top_p");
        assertThatThrownBy(() -> generate(new long[] {999}, SUFFIXES, Sampling.greedy(1), 1, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("999");
    }

    private static List<Completion> draw(Sampling sampling, int draws) {
        return decoder.generate(
                new GenerationRequest(
                        new long[0],
                        List.of(concat(PREFIX, SUFFIXES.get(0))),
                        new float[0][],
                        0,
                        draws,
                        sampling,
                        new long[] {7},
                        List.of()),
                adapter);
    }

    private static List<Completion> generate(
            long[] prefix, List<long[]> suffixes, Sampling sampling, int samples, List<long[]> stops) {
        long[] seeds = LongStream.range(0, suffixes.size()).map(i -> 1000 + i).toArray();
        return decoder.generate(
                new GenerationRequest(prefix, suffixes, new float[0][], 0, samples, sampling, seeds, stops), adapter);
    }

    private static long[] concat(long[] a, long[] b) {
        long[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
