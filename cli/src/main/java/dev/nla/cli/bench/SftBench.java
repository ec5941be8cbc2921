package dev.nla.cli.bench;

import dev.nla.train.Training;
import dev.nla.train.run.Resume;
import java.util.Map;

/** Supervised fine-tuning of a verbalizer. */
public final class SftBench {
    private SftBench() {}

    /** Steps of a whole run. */
    public static Measurement run(Workload work) {
        StepClock clock = new StepClock();
        try (BenchFolder folder = BenchFolder.withDataset(work, work.measured() + work.batch());
                Training training = Training.open(BenchConfigs.sft(work, folder, "verbalizer"))) {
            training.train(Resume.auto(), clock);
        }
        return new Measurement(
                clock.seconds(), Map.of("samples_per_s", work.measured() / clock.seconds()), clock.phases());
    }
}
