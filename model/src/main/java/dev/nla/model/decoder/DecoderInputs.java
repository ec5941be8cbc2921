package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.generation.GenerationRequest;
import java.util.List;
import java.util.SplittableRandom;

/** Tokens, vectors and random numbers as the kernels take them; what does not belong to the model is refused. */
final class DecoderInputs {
    private DecoderInputs() {}

    /** What all rows begin with, [1, P]. */
    static NDArray prefix(NDManager inputs, ModelConfig config, long[] tokens) {
        checkTokens(config, tokens);
        return inputs.create(tokens, new Shape(1, tokens.length));
    }

    /** Rows of tokens, padded with zeros to the longest, [n, t]. */
    static NDArray rows(NDManager inputs, ModelConfig config, List<long[]> rows) {
        int width = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        long[] ids = new long[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            long[] row = rows.get(i);
            checkTokens(config, row);
            System.arraycopy(row, 0, ids, i * width, row.length);
        }
        return inputs.create(ids, new Shape(rows.size(), width));
    }

    private static void checkTokens(ModelConfig config, long[] tokens) {
        for (long token : tokens) {
            if (token < 0 || token >= config.vocabularySize()) {
                throw InputException.data(
                        "token %d is outside the model's vocabulary of %d: the tokenizer belongs to another model",
                        token, config.vocabularySize());
            }
        }
    }

    /** Vectors to inject, float32 [n, d]; without any, [0, d]. */
    static NDArray vectors(NDManager inputs, ModelConfig config, float[][] vectors) {
        int d = config.hiddenSize();
        float[] flat = new float[vectors.length * d];
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i].length != d) {
                throw InputException.data(
                        "vector %d has %d numbers but the model's width is %d: it comes from another model",
                        i, vectors[i].length, d);
            }
            System.arraycopy(vectors[i], 0, flat, i * d, d);
        }
        return flat.length == 0
                ? inputs.create(new Shape(0, d), DataType.FLOAT32)
                : inputs.create(flat, new Shape(vectors.length, d));
    }

    /** One number in [0, 1) for each token that may be drawn: a function of the prompt's seed, the sample and the place alone. */
    static NDArray uniforms(NDManager inputs, GenerationRequest request) {
        int limit = request.sampling().maxNewTokens();
        float[] out = new float[request.seeds().length * request.samples() * limit];
        int at = 0;
        for (long seed : request.seeds()) {
            SplittableRandom perPrompt = new SplittableRandom(seed);
            for (int g = 0; g < request.firstSample(); g++) {
                perPrompt.split();
            }
            for (int g = 0; g < request.samples(); g++) {
                SplittableRandom random = perPrompt.split();
                for (int t = 0; t < limit; t++) {
                    out[at++] = (random.nextInt() >>> 8) * 0x1p-24f;
                }
            }
        }
        return inputs.create(out, new Shape(request.seeds().length * (long) request.samples(), limit));
    }
}
