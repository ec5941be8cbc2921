package dev.nla.data.extract;

import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.extract.source.ActivationSource.Batch;
import dev.nla.model.InputException;
import dev.nla.model.workers.PartWork;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the activations of a batch, text after text and each by ascending position, {@code [n][d]}.
 *
 * @param source the model
 * @param layer the block whose output is taken, from 0
 */
record BatchReading(ActivationSource source, int layer) implements PartWork<BatchTokens, float[][]> {
    /**
     * Reads a batch.
     *
     * @throws InputException where the model gives NaN or infinity
     */
    @Override
    public float[][] on(BatchTokens batch) {
        return checked(batch, source.capture(batch.tokens(), layer, positions(batch)));
    }

    /** Reads batches, as many together as the source takes. */
    void each(Iterable<BatchTokens> batches, Consumer<float[][]> answers) {
        Queue<BatchTokens> waiting = new ArrayDeque<>();
        Stream<Batch> asked = StreamSupport.stream(batches.spliterator(), false)
                .peek(waiting::add)
                .map(batch -> new Batch(batch.tokens(), positions(batch)));
        source.captureAll(
                asked::iterator, layer, activations -> answers.accept(checked(waiting.remove(), activations)));
    }

    private static int[][] positions(BatchTokens batch) {
        return batch.positions().toArray(int[][]::new);
    }

    private float[][] checked(BatchTokens batch, float[][] activations) {
        int at = 0;
        for (int i = 0; i < batch.ids().size(); i++) {
            for (int position : batch.positions().get(i)) {
                checkFinite(batch.ids().get(i), position, activations[at++]);
            }
        }
        return activations;
    }

    private void checkFinite(String id, int position, float[] activation) {
        for (float value : activation) {
            if (!Float.isFinite(value)) {
                throw InputException.data(
                        "text '%s': %s gives %s at block %d, token %d: the weights are broken or the compute type is too"
                                + " narrow, try float32",
                        id, source.modelName(), value, layer, position);
            }
        }
    }
}
