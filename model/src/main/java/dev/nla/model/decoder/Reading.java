package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.nla.model.torch.KernelInputs;
import java.util.Arrays;

/**
 * A long text being read, some tokens at a time, so that others' work finds its way in between and a reader who leaves is noticed. It takes
 * memory with the length of a piece, beside the keys and values of what was read; {@link #close} lets go of these. The outputs are those of
 * {@link Decoder#hidden} but for the last digits, as matrix products of other shapes are summed in another order.
 */
public final class Reading implements AutoCloseable {
    private final Decoder decoder;
    private final long[] tokens;
    private final int block;
    private final float[][] outputs;
    private final NDManager kept;
    private NDArray keys;
    private NDArray values;
    private int read;

    Reading(Decoder decoder, long[] tokens, int block) {
        this.decoder = decoder;
        this.tokens = tokens.clone();
        this.block = block;
        outputs = new float[tokens.length][];
        kept = decoder.manager().newSubManager();
    }

    /** How many tokens have been read. */
    public int read() {
        return read;
    }

    /** How many tokens the text has. */
    public int length() {
        return tokens.length;
    }

    /** Whether all of it has been read. */
    public boolean finished() {
        return read == tokens.length;
    }

    /** Reads at most so many tokens more, at least 1. */
    public void advance(int count) {
        int end = Math.min(tokens.length, read + count);
        try (NDManager scope = decoder.manager().newSubManager();
                KernelInputs inputs = new KernelInputs(scope)) {
            DecoderInputs.addRow(inputs, decoder.config(), Arrays.copyOfRange(tokens, read, end));
            inputs.number("block", block);
            if (keys != null) {
                inputs.array("keys", keys).array("values", values);
            }
            NDList out = decoder.read(scope, inputs);
            take(out.get(0).toFloatArray(), end);
            NDArray oldKeys = keys;
            NDArray oldValues = values;
            keys = kept(out.get(1));
            values = kept(out.get(2));
            if (oldKeys != null) {
                oldKeys.close();
                oldValues.close();
            }
        }
    }

    private NDArray kept(NDArray array) {
        array.attach(kept);
        return array;
    }

    private void take(float[] flat, int end) {
        int d = decoder.config().hiddenSize();
        for (int i = read; i < end; i++) {
            outputs[i] = Arrays.copyOfRange(flat, (i - read) * d, (i - read + 1) * d);
        }
        read = end;
    }

    /**
     * The block's outputs at every token, {@code [tokens][d]} float32.
     *
     * @throws IllegalStateException before all has been read
     */
    public float[][] outputs() {
        if (!finished()) {
            throw new IllegalStateException(read + " of " + tokens.length + " tokens have been read");
        }
        return outputs;
    }

    @Override
    public void close() {
        kept.close();
    }
}
