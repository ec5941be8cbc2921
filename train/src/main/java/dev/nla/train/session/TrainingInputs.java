package dev.nla.train.session;

import dev.nla.model.decoder.Decoder;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;

/**
 * What a run on activations opens first.
 *
 * @param data what parts are cut from
 * @param decoder the base model, which does the work on them
 */
public record TrainingInputs(TrainingData data, Decoder decoder) implements AutoCloseable {
    /** Opens everything and checks that it belongs together, before the model's weights are read; the caller closes it. */
    public static TrainingInputs open(RunSettings settings, ReportSettings report) {
        BaseDecoder.useThreads(settings);
        TrainingData data = TrainingData.open(settings, report);
        try {
            return new TrainingInputs(data, BaseDecoder.load(settings));
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    @Override
    public void close() {
        decoder.close();
        data.close();
    }
}
