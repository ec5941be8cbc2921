package dev.nla.train.session;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.lora.LoraAdapter;

/**
 * What a run would do, worked out without starting it.
 *
 * @param trainRows rows trained on
 * @param heldOutRows validation rows of each evaluation
 * @param totalSteps optimizer steps
 * @param trainableParameters numbers in the adapter
 * @param memoryBytes estimated peak, see {@link #memory}
 * @param prompt the first prompt as the model reads it
 * @param markerPosition position of the marker in the prompt in tokens, from 0; -1 where the prompt has none
 * @param promptTokens length of the prompt in tokens
 */
public record TrainingPlan(
        int trainRows,
        int heldOutRows,
        int totalSteps,
        long trainableParameters,
        long memoryBytes,
        String prompt,
        int markerPosition,
        int promptTokens) {
    private static final int FLOAT_BYTES = 4;
    /** Arrays of a block's width that autograd keeps a token: two norms, two residuals, attention in and out, and the rotary copies. */
    private static final int KEPT_WIDTHS = 10;
    /** Arrays of the inner width that autograd keeps a token: gate, up, their activation and product. */
    private static final int KEPT_INNER = 4;
    /** Copies of the logits: themselves, their normalised form, and the gradient. */
    private static final int LOGIT_COPIES = 3;
    /** The Java virtual machine, libtorch and its buffers. */
    private static final long RUNTIME = 600L << 20;

    /**
     * Estimated peak memory in bytes: the base model once; adapter, gradient and two moments; what autograd keeps of one micro-batch; the
     * logits of its response tokens; the runtime.
     *
     * @param rows rows of a micro-batch
     * @param tokensPerRow tokens a row, the shared prefix not counted
     * @param prefixTokens tokens of the shared prefix
     * @param responseTokens tokens of the micro-batch that carry loss
     * @param blocks decoder blocks that are run
     */
    public static long memory(
            ModelConfig config,
            ComputeType type,
            LoraAdapter adapter,
            long rows,
            long tokensPerRow,
            long prefixTokens,
            long responseTokens,
            int blocks) {
        long bytes = type == ComputeType.FLOAT32 ? FLOAT_BYTES : 2;
        long tokens = rows * tokensPerRow + prefixTokens;
        long perToken = (long) KEPT_WIDTHS * Math.max(config.hiddenSize(), config.queryWidth())
                + (long) KEPT_INNER * config.intermediateSize();
        long keysAndValues = rows * (prefixTokens + tokensPerRow) * 2L * config.keyValueWidth();
        long kept = (tokens * perToken + keysAndValues) * blocks * bytes;
        long logits = responseTokens * config.vocabularySize() * FLOAT_BYTES * LOGIT_COPIES;
        return RUNTIME
                + weights(config) * bytes
                + 4L * FLOAT_BYTES * adapter.layout().size()
                + kept
                + logits;
    }

    private static long weights(ModelConfig config) {
        long d = config.hiddenSize();
        long block = 2 * d * config.queryWidth() + 2 * d * config.keyValueWidth() + 3 * d * config.intermediateSize();
        long embeddings = d * config.vocabularySize() * (config.tiedHead() ? 1 : 2);
        return embeddings + block * config.layers();
    }
}
