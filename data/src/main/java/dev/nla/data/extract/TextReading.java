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
        BatchReading reading = new BatchReading(source, layer);
        for (List<PreparedText> batch : batches(texts)) {
            float[][] read = reading.on(BatchTokens.of(batch));
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
}
