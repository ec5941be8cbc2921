package dev.nla.eval.suite;

import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Vectors that are not the rows' activations, for the verbalizer to describe. */
final class ControlVectors {
    private static final int ROWS_AT_ONCE = 16;

    private ControlVectors() {}

    /** Normal vectors of the activations' lengths, [N][d]. */
    static float[][] random(float[][] activations, long seed) {
        Random random = new Random(seed);
        return Arrays.stream(activations)
                .map(activation -> scaled(gaussian(random, activation.length), length(activation)))
                .toArray(float[][]::new);
    }

    /**
     * The rows' activations at another block, [N][d].
     *
     * @throws InputException where a row's text no longer gives a prompt that reaches its position
     */
    static float[][] atLayer(EvaluatedRows rows, ActivationSource source, PromptEncoder prompts, int layer) {
        List<float[]> vectors = new ArrayList<>();
        for (int begin = 0; begin < rows.size(); begin += ROWS_AT_ONCE) {
            int end = Math.min(begin + ROWS_AT_ONCE, rows.size());
            List<long[]> tokens = new ArrayList<>();
            int[][] positions = new int[end - begin][];
            for (int i = begin; i < end; i++) {
                long[] ids = prompts.encode(rows.rows().get(i).text()).tokenIds();
                int position = rows.rows().get(i).position();
                if (position >= ids.length) {
                    throw InputException.data(
                            "%s: row %s was read at token %d but its text gives a prompt of %d: it is of another tokenizer or template",
                            rows.data().folder(), rows.rows().get(i).id(), position, ids.length);
                }
                tokens.add(Arrays.copyOf(ids, position + 1));
                positions[i - begin] = new int[] {position};
            }
            vectors.addAll(Arrays.asList(source.capture(tokens, layer, positions)));
        }
        return vectors.toArray(float[][]::new);
    }

    private static float[] gaussian(Random random, int d) {
        float[] vector = new float[d];
        for (int i = 0; i < d; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float[] scaled(float[] vector, double wanted) {
        double factor = wanted / Math.max(length(vector), 1e-12);
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= (float) factor;
        }
        return vector;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
