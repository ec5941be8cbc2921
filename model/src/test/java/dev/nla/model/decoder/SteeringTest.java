package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.generation.Steering;
import dev.nla.model.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what is written into a model while it reads: another prompt's activation makes it go on as that prompt does, nothing changes nothing, and rows stay apart. */
class SteeringTest {
    private static final long[] ONE = {5, 60, 61, 62, 7};
    private static final long[] OTHER = {5, 60, 61, 62, 200};
    private static final int LAST = 4;
    /** Hot, since this model is nearly certain of every token. */
    private static final Sampling SAMPLING = new Sampling(20, 0, 1, 6);

    private static Decoder decoder;

    @BeforeAll
    static void load() {
        decoder = Decoder.load(Fixtures.golden("qwen3"), ComputeType.FLOAT32);
    }

    @AfterAll
    static void close() {
        decoder.close();
    }

    private static GenerationRequest request(long[]... prompts) {
        return new GenerationRequest(
                new long[0], List.of(prompts), new float[0][], 0, 1, SAMPLING, new long[prompts.length], List.of());
    }

    private static List<Completion> completed(GenerationRequest request) {
        return decoder.generate(request, decoder.noAdapter());
    }

    private static float[] activation(long[] prompt, int block) {
        try (NDManager scope = decoder.manager().newSubManager()) {
            return decoder.hidden(
                            scope,
                            TokenBatch.of(List.of(prompt)),
                            decoder.noAdapter(),
                            block,
                            new Positions(new int[] {0}, new int[] {LAST}),
                            Mode.INFERENCE)
                    .toFloatArray();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anotherPromptsActivationMakesTheModelGoOnAsThere(int block) {
        Completion there = completed(request(OTHER)).get(0);
        Completion here = completed(request(ONE)).get(0);
        Completion replaced = completed(request(ONE)
                        .steered(new Steering(block, LAST, new float[][] {activation(OTHER, block)}, new float[] {0})))
                .get(0);
        assertThat(here.logProbabilities()[0]).isNotCloseTo(there.logProbabilities()[0], within(1e-4f));
        assertThat(replaced.tokens()[0]).isEqualTo(there.tokens()[0]);
        assertThat(replaced.logProbabilities()[0]).isCloseTo(there.logProbabilities()[0], within(1e-4f));
        float[] difference = activation(OTHER, block);
        float[] own = activation(ONE, block);
        for (int k = 0; k < own.length; k++) {
            difference[k] -= own[k];
        }
        Completion added = completed(
                        request(ONE).steered(new Steering(block, LAST, new float[][] {difference}, new float[] {1})))
                .get(0);
        assertThat(added.logProbabilities()[0]).isCloseTo(there.logProbabilities()[0], within(1e-4f));
    }

    @Test
    void nothingAddedChangesNothingAndRowsStayApart() {
        List<Completion> plain = completed(request(ONE, OTHER));
        float[] strong = activation(OTHER, 0);
        for (int k = 0; k < strong.length; k++) {
            strong[k] *= 3;
        }
        List<Completion> mixed = completed(request(ONE, ONE)
                .steered(new Steering(0, 2, new float[][] {new float[strong.length], strong}, new float[] {1, 1})));
        assertThat(mixed.get(0).tokens()).isEqualTo(plain.get(0).tokens());
        assertThat(mixed.get(0).logProbabilities()).containsExactly(plain.get(0).logProbabilities());
        assertThat(mixed.get(1).logProbabilities()[0]).isNotCloseTo(plain.get(0).logProbabilities()[0], within(1e-4f));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        float[][] one = {new float[decoder.config().hiddenSize()]};
        float[] kept = {1};
        assertThatThrownBy(() -> request(ONE).steered(new Steering(0, 5, one, kept)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> completed(request(ONE).steered(new Steering(99, 0, one, kept))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("layer 99");
        float[][] narrow = {new float[3]};
        assertThatThrownBy(() -> completed(request(ONE).steered(new Steering(0, 0, narrow, kept))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("3 numbers");
    }
}
