package dev.nla.data.extract.source;

import java.util.List;
import java.util.function.Consumer;

/** A model that activations are taken from. The same call gives the same numbers, bit for bit, on the same machine. */
public interface ActivationSource {
    /** The model's name for the dataset's sidecar. */
    String modelName();

    /** How many blocks it has; layers count from 0. */
    int layers();

    /** Length of an activation. */
    int dimension();

    /** Most tokens it was made to read. */
    int contextLength();

    /** How many tokens it has embeddings of. */
    int vocabularySize();

    /** Changes whenever the weights or the way of computing change. */
    String fingerprint();

    /**
     * Outputs of block {@code layer}, before the final norm.
     *
     * @param tokenIds one sequence a text, not padded
     * @param layer the block, from 0
     * @param positions token indices wanted of each text, ascending
     * @return one vector [d] a position, text after text
     */
    float[][] capture(List<long[]> tokenIds, int layer, int[][] positions);

    /**
     * What several calls of {@link #capture} give. A source that has to read its weights for each may do it once for many batches.
     *
     * @param batches gone through once, no faster than they are needed
     * @param answers takes the vectors of one batch after the other
     */
    default void captureAll(Iterable<Batch> batches, int layer, Consumer<float[][]> answers) {
        batches.forEach(batch -> answers.accept(capture(batch.tokenIds(), layer, batch.positions())));
    }

    /**
     * What one call is asked.
     *
     * @param tokenIds one sequence a text, not padded
     * @param positions token indices wanted of each text, ascending
     */
    record Batch(List<long[]> tokenIds, int[][] positions) {}
}
