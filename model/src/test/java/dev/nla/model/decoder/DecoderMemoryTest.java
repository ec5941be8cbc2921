package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.FreedMemory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Protects against numbers that lie in memory Java has already given to someone else: weights kept in the kernels, and what the
 * backward pass reads of a forward pass's inputs.
 */
class DecoderMemoryTest {
    private static final Path MODEL = Fixtures.golden("llama");
    private static final List<long[]> ROWS = List.of(new long[] {5, 9, 100, 7, 200, 31}, new long[] {8, 6, 4});

    @Test
    void weightsOutliveJavasGarbageCollection() {
        try (Decoder decoder = Decoder.load(MODEL, ComputeType.FLOAT32)) {
            float[] before = logits(decoder);
            FreedMemory.overwrite();
            assertThat(Arrays.equals(logits(decoder), before)).isTrue();
        }
    }

    @Test
    void gradientsDoNotReadFreedInputs() {
        try (Decoder decoder = Decoder.load(MODEL, ComputeType.FLOAT32);
                LoraAdapter adapter = PeftFolder.read(MODEL.resolve("adapter"), decoder.manager(), decoder.config())) {
            adapter.requireGradient(true);
            float[] undisturbed = gradient(decoder, adapter, false);
            assertThat(Arrays.equals(gradient(decoder, adapter, true), undisturbed))
                    .isTrue();
        }
    }

    private static float[] logits(Decoder decoder) {
        try (NDManager scope = decoder.manager().newSubManager()) {
            return decoder.states(scope, TokenBatch.of(ROWS), decoder.noAdapter())
                    .logits()
                    .get(0)
                    .toFloatArray();
        }
    }

    private static float[] gradient(Decoder decoder, LoraAdapter adapter, boolean churn) {
        Positions at = new Positions(new int[] {0, 0, 1}, new int[] {2, 4, 1});
        long[] targets = {7, 31, 4};
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray loss = decoder.score(scope, TokenBatch.of(ROWS), adapter, at, targets, 0.7f, false, Mode.GRADIENT)
                    .logProbabilities()
                    .sum();
            NDArray hidden = decoder.hidden(scope, TokenBatch.of(ROWS), adapter, 2, at, Mode.GRADIENT);
            NDArray both = loss.add(hidden.sum());
            if (churn) {
                FreedMemory.overwrite();
            }
            collector.backward(both);
            try (NDArray gradient = adapter.parameters().getGradient()) {
                float[] values = gradient.toFloatArray();
                gradient.muli(0);
                return values;
            }
        }
    }
}
