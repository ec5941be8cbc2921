package dev.nla.train.grpo;

import ai.djl.Device;
import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.train.config.policy.RolloutDtype;
import dev.nla.train.session.MemoryEstimate;
import java.nio.file.Path;

/**
 * The base model that writes descriptions: the one that learns, or a second copy in a number type that decodes faster.
 *
 * @param decoder the model
 * @param own whether it is a second copy
 */
record RolloutModel(Decoder decoder, boolean own) implements AutoCloseable {
    /**
     * The model that the settings ask for; the caller closes it.
     *
     * @param folder of the base model
     * @param training the one that learns
     */
    static RolloutModel of(RolloutDtype asked, Path folder, Decoder training) {
        ComputeType type = type(asked, training);
        if (type == training.computeType()) {
            return new RolloutModel(training, false);
        }
        return new RolloutModel(Decoder.load(folder, type, training.manager().getDevice()), true);
    }

    private static ComputeType type(RolloutDtype asked, Decoder training) {
        Device device = training.manager().getDevice();
        if (asked == RolloutDtype.INT8 && device.isGpu()) {
            throw InputException.usage("rollout_dtype is int8, which runs on processors only: set it to auto");
        }
        return asked == RolloutDtype.AUTO
                ? ComputeType.forDecoding(training.config(), device, training.computeType())
                : ComputeType.resolve(asked.text());
    }

    /** Bytes of a second copy's weights, and where it is packed in 8 bits of the float32 weights it is packed from: they are freed, but not all to the system. */
    long bytes() {
        if (!own) {
            return 0;
        }
        boolean packed = decoder.computeType() == ComputeType.INT8;
        long from = packed ? MemoryEstimate.weightBytes(decoder.config(), ComputeType.FLOAT32) : 0;
        return MemoryEstimate.weightBytes(decoder.config(), decoder.computeType()) + from;
    }

    @Override
    public void close() {
        if (own) {
            decoder.close();
        }
    }
}
