package dev.nla.model.decoder;

import ai.djl.Device;
import dev.nla.model.config.ModelConfig;
import java.util.List;

/** The type that completions are decoded in where it is left open. */
public final class DecodingType {
    /** Narrower models gain less than rounding costs. */
    private static final int WIDE = 512;

    /** With more rows weights of 4 bits are slower than those of 8 on all machines that were measured. */
    private static final int FEW = 3;

    /** What the coarser rounding has to gain. */
    private static final double GAIN = 1.1;

    private DecodingType() {}

    /**
     * The type that decodes many rows fastest beside a model of {@code training} type: on x86 processors, whose products of 8 bits torch
     * brings along, 8 bits where they are wide enough to gain more than rounding costs. Nothing is measured, so that a run that goes on
     * goes on in the same type.
     */
    public static ComputeType of(ModelConfig config, Device device, ComputeType training) {
        boolean x86 = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        return x86 && !device.isGpu() && config.hiddenSize() >= WIDE ? ComputeType.INT8 : training;
    }

    /**
     * The same for so many completions that are decoded together: for a few, 4 bits take the place of 8 where they are measured to be
     * faster by a tenth.
     */
    public static ComputeType of(ModelConfig config, Device device, ComputeType training, int rows) {
        ComputeType many = of(config, device, training);
        return many == ComputeType.INT8 && rows <= FEW && fourBitsAreFaster(rows) ? ComputeType.INT4 : many;
    }

    private static boolean fourBitsAreFaster(int rows) {
        try (ProductTimes times = new ProductTimes()) {
            return times.multipliesFourBits()
                    && times.decoding(ComputeType.INT4, rows) * GAIN < times.decoding(ComputeType.INT8, rows);
        }
    }
}
