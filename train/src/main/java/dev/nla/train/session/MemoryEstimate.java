package dev.nla.train.session;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.BaseType;
import dev.nla.model.decoder.ComputeType;

/**
 * What one micro-batch of training holds in memory at most, roughly.
 *
 * @param rows its rows
 * @param tokensPerRow tokens a row, the shared prefix not counted
 * @param prefixTokens tokens of the shared prefix
 * @param logitRows rows of logits that are in memory at a time
 * @param blocks decoder blocks that are run
 * @param recomputed whether only the inputs of blocks are kept, and one block's activations at a time
 */
public record MemoryEstimate(
        long rows, long tokensPerRow, long prefixTokens, long logitRows, int blocks, boolean recomputed) {
    private static final int FLOAT_BYTES = 4;
    /** Weights of 4 bits for each byte of their steps and middles. */
    private static final int GROUPED_BY = 8;
    /** Arrays of a block's width that autograd keeps a token: norms, residuals, attention in and out, rotary copies, low-rank inputs. */
    private static final int KEPT_WIDTHS = 12;
    /** As many more where the results of attention and feed-forward layer are normalised too. */
    private static final int KEPT_RESULT_NORMS = 4;
    /** Arrays of the inner width that autograd keeps a token: gate, up, their activation and product. */
    private static final int KEPT_INNER = 4;
    /** Copies of the logits: themselves, their normalised form, and the gradient. */
    private static final int LOGIT_COPIES = 3;
    /** An adapter, its gradient, the sum of the step and a copy of it, the optimizer's two moments and two results on the way to its step. */
    private static final int ADAPTER_COPIES = 8;
    /** The Java virtual machine, libtorch and its buffers, as they have grown after some hundred steps. */
    private static final long RUNTIME = 1536L << 20;

    /**
     * Estimated peak in bytes: the base model once; adapter, gradient, moments; what autograd keeps of the micro-batch; the logits;
     * the runtime.
     *
     * @param base how blocks hold their weights; those of one block are widened at a time
     * @param parameters numbers in the adapter
     */
    public long bytes(ModelConfig config, ComputeType type, BaseType base, long parameters) {
        long logits = logitRows * config.vocabularySize() * FLOAT_BYTES * LOGIT_COPIES;
        return RUNTIME
                + weightBytes(config, type, base)
                + kept(config) * type.bytes()
                + learntBytes(parameters)
                + logits;
    }

    /** Bytes of an adapter that learns, with what teaches it. */
    public static long learntBytes(long parameters) {
        return ADAPTER_COPIES * fixedBytes(parameters);
    }

    /** Bytes of an adapter that stays as it is. */
    public static long fixedBytes(long parameters) {
        return parameters * FLOAT_BYTES;
    }

    /** Bytes of the weights of a base model under an adapter that learns. */
    private static long weightBytes(ModelConfig config, ComputeType type, BaseType base) {
        if (base == BaseType.SAME) {
            return weightBytes(config, type);
        }
        long scales = base == BaseType.INT4 ? blocks(config) / GROUPED_BY : 0;
        long widened = blocks(config) / config.layers() * type.bytes();
        long whole = weightBytes(config, type) - blocks(config) * type.bytes();
        return whole + blocks(config) * base.bits() / Byte.SIZE + scales + widened;
    }

    /** Bytes of a base model's weights. */
    public static long weightBytes(ModelConfig config, ComputeType type) {
        long embeddings = (long) config.hiddenSize() * config.vocabularySize();
        if (type.rounds()) {
            long scales = type == ComputeType.INT4 ? blocks(config) / GROUPED_BY : 0;
            // The head's are in 8 bits; the embedding stays as it is in its file.
            return blocks(config) * type.weightBits() / Byte.SIZE + scales + embeddings + embeddings * type.bytes();
        }
        long head = config.tiedHead() ? 0 : embeddings;
        return (blocks(config) + head + embeddings) * type.bytes();
    }

    private long kept(ModelConfig config) {
        int widths = KEPT_WIDTHS + (config.family().normalisesResults() ? KEPT_RESULT_NORMS : 0);
        long perToken = (long) widths * Math.max(config.hiddenSize(), config.queryWidth())
                + (long) KEPT_INNER * config.intermediateSize();
        long keysAndValues = rows * (prefixTokens + tokensPerRow) * 2L * config.keyValueWidth();
        long tokens = rows * tokensPerRow + prefixTokens;
        long block = tokens * perToken + keysAndValues;
        return recomputed ? block + tokens * config.hiddenSize() * blocks : block * blocks;
    }

    private static long blocks(ModelConfig config) {
        long d = config.hiddenSize();
        long block = 2 * d * config.queryWidth() + 2 * d * config.keyValueWidth() + 3 * d * config.intermediateSize();
        return block * config.layers();
    }
}
