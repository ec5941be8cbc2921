package dev.nla.model.decoder;

import ai.djl.Device;
import dev.nla.model.InputException;
import dev.nla.model.decoder.weights.Rounding;
import java.util.Arrays;

/** The number type of matrix products. Softmax, log-probabilities and LoRA parameters are float32 in each. */
public enum ComputeType {
    FLOAT32("float32", 4, 32),
    BFLOAT16("bfloat16", 2, 16),
    /**
     * Weights rounded to 8 bits, a scale each output, multiplied by activations rounded to 8 bits as they come; everything else float32.
     * For generating and reading, not for training.
     */
    INT8("int8", 4, 8),
    /**
     * Weights of blocks rounded to 4 bits, with a step and a middle for 32 inputs of an output, those of the head to 8; everything else
     * bfloat16. For generating and reading on x86 processors, not for training.
     */
    INT4("int4", 2, 4);

    private final String text;
    private final int bytes;
    private final int weightBits;

    ComputeType(String text, int bytes, int weightBits) {
        this.text = text;
        this.bytes = bytes;
        this.weightBits = weightBits;
    }

    /** As written in settings. */
    public String text() {
        return text;
    }

    /** Size of an activation's number. */
    public int bytes() {
        return bytes;
    }

    /** Bits of a number in the weights of blocks. */
    public int weightBits() {
        return weightBits;
    }

    /** Whether weights are rounded when they are loaded: to whole numbers, which pass no gradient on. */
    public boolean rounds() {
        return weightBits < BFLOAT16.weightBits;
    }

    /** Name of the type of activations. */
    String activations() {
        return bytes == FLOAT32.bytes ? FLOAT32.text : BFLOAT16.text;
    }

    /**
     * Which weights are rounded when a model of this type is loaded. A head in 4 bits would save little time and lose more than all blocks in
     * 8, so that it has 8 beside them.
     */
    Rounding rounding(BaseType base) {
        return rounds() ? new Rounding(weightBits, INT8.weightBits, false) : new Rounding(base.bits(), 0, true);
    }

    /** Reads {@code float32}, {@code bfloat16}, {@code int8}, {@code int4}, or {@code auto}, which measures a small product in the first two and takes the faster. */
    public static ComputeType resolve(String name) {
        return name.equals("auto") ? faster() : named(name);
    }

    /** Refuses what {@link #resolve} does not know, without measuring. */
    public static void check(String name) {
        if (!name.equals("auto")) {
            named(name);
        }
    }

    /**
     * Refuses a device or processor on which nothing is computed in this type.
     *
     * @param key what asked for it, for the error
     */
    public void require(String key, Device device) {
        if (this != INT4) {
            return;
        }
        if (device.isGpu()) {
            throw InputException.usage("%s is int4, which runs on processors only: set it to auto", key);
        }
        try (ProductTimes products = new ProductTimes()) {
            if (!products.multipliesFourBits()) {
                throw InputException.usage(
                        "%s is int4, but torch multiplies weights of 4 bits only on x86 processors with AVX2 or AVX512: set it to auto",
                        key);
            }
        }
    }

    private static ComputeType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.text.equals(name))
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "compute_dtype is '%s': give auto, float32, bfloat16, int8 or int4", name));
    }

    private static ComputeType faster() {
        try (ProductTimes times = new ProductTimes()) {
            return times.training(BFLOAT16) * 1.3 < times.training(FLOAT32) ? BFLOAT16 : FLOAT32;
        }
    }
}
