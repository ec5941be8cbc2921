package dev.nla.train.grpo;

import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.train.config.RolloutDtype;
import dev.nla.train.session.TrainingInputs;

/**
 * The base model that writes descriptions: the one that learns, or a second copy in a number type that decodes faster.
 *
 * @param decoder the model
 * @param own whether it is a second copy
 */
record RolloutModel(Decoder decoder, boolean own) implements AutoCloseable {
    /** Narrower products gain less from 8 bits than rounding them costs. */
    private static final int WIDE = 512;

    static RolloutModel of(RolloutDtype asked, TrainingInputs inputs) {
        Decoder training = inputs.decoder();
        ComputeType type = type(asked, training);
        if (type == training.computeType()) {
            return new RolloutModel(training, false);
        }
        return new RolloutModel(
                Decoder.load(inputs.settings().model(), type, training.manager().getDevice()), true);
    }

    private static ComputeType type(RolloutDtype asked, Decoder training) {
        boolean gpu = training.manager().getDevice().isGpu();
        if (asked == RolloutDtype.INT8 && gpu) {
            throw InputException.usage("rollout_dtype is int8, which runs on processors only: set it to auto");
        }
        if (asked != RolloutDtype.AUTO) {
            return ComputeType.resolve(asked.text());
        }
        boolean gains = !gpu && training.config().hiddenSize() >= WIDE;
        return gains ? ComputeType.INT8 : training.computeType();
    }

    @Override
    public void close() {
        if (own) {
            decoder.close();
        }
    }
}
