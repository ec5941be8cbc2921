package dev.nla.train.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.workers.WorkersSource;
import dev.nla.train.Training;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** Trains in this process and by workers, and compares what the runs have left. */
public abstract class AloneAndApart {
    /** Four steps, with an evaluation and a checkpoint at every second one. */
    protected static final String[] STEPS = {"max_steps=4", "eval_steps=2", "save_steps=2", "seed=3"};

    /** Where runs go. */
    @TempDir
    protected Path folder;

    /** The workers, opened for one run. */
    protected abstract WorkersSource workers();

    /** Trains alone and with these workers, and compares. */
    protected void assertSame(Function<String, TrainConfig> config) {
        TinyWorld.train(config.apply("alone"));
        train(config.apply("apart"));
        assertSameFiles(config.apply("alone"), config.apply("apart"));
    }

    /** Trains to the end, from the newest checkpoint where there is one, and has these workers do it. */
    protected void train(TrainConfig config) {
        try (Training training = Training.open(config, workers())) {
            training.train(Resume.auto(), TrainingListener.silent());
        }
    }

    /** Of all files that do not hold how long things took. */
    private static Map<String, Integer> checksums(RunFiles run, String place) {
        Map<String, Integer> checksums = new TreeMap<>();
        run.bytes(place).forEach((name, bytes) -> checksums.put(name, Arrays.hashCode(bytes)));
        checksums.keySet().removeAll(Set.of("trainer_state.json", "manifest.json"));
        return checksums;
    }

    /** Compares what two runs have left, but for how long things took. */
    protected static void assertSameFiles(TrainConfig expected, TrainConfig actual) {
        RunFiles alone = new RunFiles(expected.run().outputDir());
        RunFiles apart = new RunFiles(actual.run().outputDir());
        for (String place : List.of("checkpoint-2", "checkpoint-4", "checkpoint-4/adapter")) {
            assertThat(checksums(apart, place)).as(place).isEqualTo(checksums(alone, place));
        }
        assertThat(apart.lines()).isEqualTo(alone.lines()).isNotEmpty();
    }
}
