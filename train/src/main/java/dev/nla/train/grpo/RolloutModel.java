package dev.nla.train.grpo;

import ai.djl.Device;
import dev.nla.model.InputException;
import dev.nla.model.decoder.BaseType;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.DecodingType;
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
        boolean small = asked == RolloutDtype.AUTO && training.baseType() != BaseType.SAME;
        if (small || type == training.computeType()) {
            return new RolloutModel(training, false);
        }
        return new RolloutModel(Decoder.load(folder, type, training.manager().getDevice()), true);
    }

    private static ComputeType type(RolloutDtype asked, Decoder training) {
        Device device = training.manager().getDevice();
        if (asked == RolloutDtype.INT8 && device.isGpu()) {
            throw InputException.usage("rollout_dtype is int8, which runs on processors only: set it to auto");
        }
        if (asked == RolloutDtype.INT4) {
            ComputeType.INT4.require("rollout_dtype", device);
        }
        return asked == RolloutDtype.AUTO
                ? DecodingType.of(training.config(), device, training.computeType())
                : ComputeType.resolve(asked.text());
    }

    /** Bytes of a second copy's weights, and where they are rounded of the float32 weights that they are rounded from: they are freed, but not all to the system. */
    long bytes() {
        if (!own) {
            return 0;
        }
        long from =
                decoder.computeType().rounds() ? MemoryEstimate.weightBytes(decoder.config(), ComputeType.FLOAT32) : 0;
        return MemoryEstimate.weightBytes(decoder.config(), decoder.computeType()) + from;
    }

    @Override
    public void close() {
        if (own) {
            decoder.close();
        }
    }
}
