package dev.nla.data.extract;

import dev.nla.data.extract.source.ActivationSource;
import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads prepared texts with a model, in batches of like length.
 *
 * @param source the model; stays the caller's
 * @param layer the block whose output is taken, from 0
 * @param tokenBudget most tokens of a batch, padding included; a longer prompt is a batch of its own
 */
public record TextReading(ActivationSource source, int layer, int tokenBudget) {
    /**
     * The activations at all positions of some texts, text after text and each by ascending position, {@code [n][d]}.
     *
     * @param texts each with a position at least
     * @throws InputException where the model gives NaN or infinity
     */
    public float[][] read(List<PreparedText> texts) {
        if (texts.isEmpty()) {
            return new float[0][];
        }
        int begin = texts.get(0).firstRow();
        PreparedText last = texts.get(texts.size() - 1);
        float[][] activations = new float[last.firstRow() + last.positions().length - begin][];
        for (List<PreparedText> batch : batches(texts)) {
            float[][] read = batch(batch);
            int at = 0;
            for (PreparedText text : batch) {
                for (int k = 0; k < text.positions().length; k++) {
                    activations[text.firstRow() - begin + k] = read[at++];
                }
            }
        }
        return activations;
    }

    private List<List<PreparedText>> batches(List<PreparedText> texts) {
        int[] lengths = texts.stream().mapToInt(text -> text.prompt().length()).toArray();
        return Batches.of(lengths, tokenBudget).stream()
                .map(batch -> Arrays.stream(batch).mapToObj(texts::get).toList())
                .toList();
    }

    /** The activations of one batch, in its order. */
    float[][] batch(List<PreparedText> batch) {
        float[][] activations = source.capture(
                batch.stream().map(text -> text.prompt().tokenIds()).toList(),
                layer,
                batch.stream().map(PreparedText::positions).toArray(int[][]::new));
        int at = 0;
        for (PreparedText text : batch) {
            for (int position : text.positions()) {
                checkFinite(text, position, activations[at++]);
            }
        }
        return activations;
    }

    private void checkFinite(PreparedText text, int position, float[] activation) {
        for (float value : activation) {
            if (!Float.isFinite(value)) {
                throw InputException.data(
                        "text '%s': %s gives %s at block %d, token %d: the weights are broken or the compute type is too"
                                + " narrow, try float32",
                        text.source().id(), source.modelName(), value, layer, position);
            }
        }
    }
}
