package dev.nla.model.decoder;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Steering;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.torch.KernelInputs;
import java.util.List;
import java.util.SplittableRandom;

/** Tokens, vectors, random numbers and adapters as the kernels read them; what does not belong to the model is refused. */
final class DecoderInputs {
    private DecoderInputs() {}

    /** Adds what {@code kernels/batch.py} reads. */
    static void addBatch(KernelInputs inputs, ModelConfig config, TokenBatch batch) {
        inputs.number("column", batch.column());
        addPrefix(inputs, config, batch.prefix());
        addRows(inputs, config, batch.rows());
        addVectors(inputs, config, batch.vectors());
    }

    /** Adds what {@code kernels/steer.py} reads. */
    static void addSteering(KernelInputs inputs, ModelConfig config, Steering by) {
        if (by.block() >= config.layers()) {
            throw InputException.data("layer %d: the model has %d blocks", by.block(), config.layers());
        }
        inputs.number("steered_block", by.block()).number("steered_column", by.column());
        inputs.floats("steered", flat(config, by.vectors()), by.vectors().length, config.hiddenSize());
        inputs.floats("kept", by.kept(), by.kept().length);
    }

    /** Adds what {@code kernels/lora.py} reads. */
    static void addAdapter(KernelInputs inputs, LoraAdapter adapter, Mode mode) {
        inputs.array("parameters", adapter.parameters());
        inputs.array("ranks", adapter.ranks()).array("scales", adapter.scales());
        inputs.number("dropout", mode.dropout(adapter));
    }

    /** What all rows begin with, [1, P]. */
    private static void addPrefix(KernelInputs inputs, ModelConfig config, long[] tokens) {
        checkTokens(config, tokens);
        inputs.longs("prefix", tokens, 1, tokens.length);
    }

    /** Rows of tokens, padded with zeros to the longest, [n, t]. */
    private static void addRows(KernelInputs inputs, ModelConfig config, List<long[]> rows) {
        int width = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        long[] ids = new long[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            long[] row = rows.get(i);
            checkTokens(config, row);
            System.arraycopy(row, 0, ids, i * width, row.length);
        }
        inputs.longs("rows", ids, rows.size(), width);
    }

    /** One row of tokens, [1, t]. */
    static void addRow(KernelInputs inputs, ModelConfig config, long[] tokens) {
        checkTokens(config, tokens);
        inputs.longs("rows", tokens, 1, tokens.length);
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
    private static void addVectors(KernelInputs inputs, ModelConfig config, float[][] vectors) {
        inputs.floats("vectors", flat(config, vectors), vectors.length, config.hiddenSize());
    }

    /** The numbers of vectors, each of the model's width. */
    private static float[] flat(ModelConfig config, float[][] vectors) {
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
        return flat;
    }

    /**
     * Adds one number in [0, 1) for each token that may be drawn, [n, limit]: a function of the prompt's seed, the sample and the place
     * alone.
     */
    static void addUniforms(KernelInputs inputs, GenerationRequest request) {
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
        inputs.floats("uniforms", out, request.seeds().length * (long) request.samples(), limit);
    }
}
