package dev.nla.cli.bench;

import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.train.Training;
import dev.nla.train.config.SftConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** Contrastive policy optimization; a step is a batch of texts. */
public final class GrpoBench {
    private GrpoBench() {}

    /** Steps of a whole run, on descriptions that all have the asked length. */
    public static Measurement run(Workload work) {
        StepClock clock = new StepClock();
        try (BenchFolder folder = BenchFolder.withDataset(work, work.measured() + work.batch())) {
            writeAdapters(work, folder);
            try (Training training = Training.openFixedLength(BenchConfigs.grpo(work, folder))) {
                training.train(Resume.auto(), clock);
            }
        }
        double texts = work.measured() / clock.seconds();
        return new Measurement(
                clock.seconds(),
                Map.of("texts_per_s", texts, "descriptions_per_s", texts * work.group()),
                clock.phases());
    }

    /** Writes new adapters to start from. */
    static void writeAdapters(Workload work, BenchFolder folder) {
        SftConfig verbalizer = BenchConfigs.sft(work, folder, "verbalizer");
        SftConfig reconstructor = BenchConfigs.sft(work, folder, "reconstructor");
        try (TrainingInputs inputs = TrainingInputs.open(verbalizer.run(), verbalizer.report())) {
            VerbalizerFolder newVerbalizer = new NewAdapters(verbalizer, inputs.data(), inputs.decoder()).verbalizer();
            newVerbalizer.write(Files.createDirectory(folder.at("verbalizer")));
            newVerbalizer.verbalizer().adapter().close();
            ReconstructorFolder newReconstructor =
                    new NewAdapters(reconstructor, inputs.data(), inputs.decoder()).reconstructor();
            newReconstructor.write(Files.createDirectory(folder.at("reconstructor")));
            newReconstructor.reconstructor().adapter().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
