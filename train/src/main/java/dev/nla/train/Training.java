package dev.nla.train;

import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.grpo.Grpo;
import dev.nla.train.lm.LanguageModelTraining;
import dev.nla.train.loop.Learner;
import dev.nla.train.loop.TrainingLoop;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.run.TrainingRun;
import dev.nla.train.run.tracker.Trackers;
import dev.nla.train.session.TrainingPlan;
import dev.nla.train.sft.Sft;
import java.nio.file.Path;

/** One run of any stage: opened from its settings, it says what it would do, or does it. */
public final class Training implements AutoCloseable {
    private final TrainConfig config;
    private final Learner learner;

    private Training(TrainConfig config, Learner learner) {
        this.config = config;
        this.learner = learner;
    }

    /**
     * Loads everything a run needs, without starting it; the caller closes it.
     *
     * @throws dev.nla.model.InputException when the settings' files are not as they should be, or do not belong together
     */
    public static Training open(TrainConfig config) {
        return open(config, WorkersSource.here());
    }

    /**
     * The same with others who work on the parts of steps and evaluations; a language model is trained here in any case. Who works changes no
     * digit, so that a run goes on with any.
     */
    public static Training open(TrainConfig config, WorkersSource workers) {
        Trackers.check(config, System.getenv());
        TorchRuntime.recordNothing();
        return new Training(
                config,
                config.match(
                        sft -> Sft.open(sft, workers), grpo -> Grpo.open(grpo, workers), LanguageModelTraining::open));
    }

    /**
     * A run for measuring: every description takes {@code max_completion_length} tokens and is scored as it stands, so that the work is
     * the same whatever the verbalizer says.
     */
    public static Training openFixedLength(GrpoConfig config) {
        return new Training(config, Grpo.openFixedLength(config));
    }

    /** What the run would do. */
    public TrainingPlan plan() {
        return learner.plan().with(learner.warnings());
    }

    /** Trains, evaluates and saves as the settings say, and returns the folder of the best adapter or model. To be called once. */
    public Path train(Resume resume, TrainingListener listener) {
        TorchRuntime.recordNothing();
        try (TrainingRun run = TrainingRun.open(
                config, learner.provenance(), resume, learner.metric(), learner.totalSteps(), listener)) {
            boolean succeeded = false;
            try {
                learner.warnings().forEach(listener::onWarning);
                Path result = new TrainingLoop(run, learner).toItsEnd();
                succeeded = true;
                Trackers.afterwards(config).forEach(listener::onMessage);
                return result;
            } finally {
                run.end(succeeded);
            }
        }
    }

    @Override
    public void close() {
        learner.close();
    }
}
