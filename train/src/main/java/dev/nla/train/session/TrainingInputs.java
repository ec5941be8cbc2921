package dev.nla.train.session;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;

/**
 * What a run on activations opens first.
 *
 * @param data what parts are cut from
 * @param decoder the base model
 * @param workers who works on parts
 */
public record TrainingInputs(TrainingData data, Decoder decoder, Workers workers) implements AutoCloseable {
    /** Opens everything and checks that it belongs together, before the model's weights are read; the caller closes it. */
    public static TrainingInputs open(RunSettings settings, ReportSettings report) {
        return open(settings, report, WorkersSource.here());
    }

    /** The same with others who work on parts. */
    public static TrainingInputs open(RunSettings settings, ReportSettings report, WorkersSource source) {
        BaseDecoder.useThreads(settings);
        TrainingData data = TrainingData.open(settings, report);
        try {
            Decoder decoder = BaseDecoder.load(settings);
            try {
                return new TrainingInputs(
                        data,
                        decoder,
                        source.open(WorkerSetup.of(settings.model().folder())));
            } catch (RuntimeException | Error e) {
                decoder.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    @Override
    public void close() {
        workers.close();
        decoder.close();
        data.close();
    }
}
