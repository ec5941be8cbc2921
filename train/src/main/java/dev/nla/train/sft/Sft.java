package dev.nla.train.sft;

import dev.nla.model.sidecar.Role;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.SftConfig;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.DataOrder;
import dev.nla.train.run.Learner;
import dev.nla.train.run.Resume;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.StepSeeds;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.run.TrainingLoop;
import dev.nla.train.run.TrainingRun;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.DataWarnings;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Supervised fine-tuning: cross-entropy on descriptions for the verbalizer, nearness to the activation for the reconstructor. */
public final class Sft implements AutoCloseable {
    private final SftConfig config;
    private final TrainingInputs inputs;
    private final SftTask task;
    private final DataOrder order;
    private final StepSeeds seeds;
    private final int totalSteps;

    private Sft(SftConfig config, TrainingInputs inputs) {
        this.config = config;
        this.inputs = inputs;
        this.task = config.role() == Role.VERBALIZER
                ? new VerbalizerTask(config, inputs)
                : new ReconstructorTask(config, inputs);
        int rows = inputs.trainRows().length;
        this.order = new DataOrder(
                config.run().seed(), rows, Math.min(rows, config.budget().rowsPerStep()));
        this.seeds = new StepSeeds(config.run().seed());
        this.totalSteps = config.budget().totalSteps(rows);
    }

    /** Loads everything a run needs, without starting it; the caller closes it. */
    public static Sft open(SftConfig config) {
        TrainingInputs inputs = TrainingInputs.open(config.run(), config.report());
        try {
            return new Sft(config, inputs);
        } catch (RuntimeException | Error e) {
            inputs.close();
            throw e;
        }
    }

    /** What the run would do. */
    public TrainingPlan plan() {
        return task.plan(totalSteps).with(warnings());
    }

    private List<String> warnings() {
        return DataWarnings.of(inputs, config.initAdapter().stream().toList());
    }

    /** Trains, evaluates and saves as the settings say, and returns the folder of the best adapter. */
    public Path train(Resume resume, TrainingListener listener) {
        try (TrainingRun run = TrainingRun.open(
                        config, inputs.provenance(config), resume, task.metric(), totalSteps, listener);
                Updater updater = Updater.of(
                        inputs.decoder().manager(),
                        List.of(task.adapter().parameters()),
                        config.optimizer(),
                        totalSteps)) {
            warnings().forEach(listener::onWarning);
            task.adapter().requireGradient(true);
            return new TrainingLoop(run, new Loop(updater)).toItsEnd();
        }
    }

    private StepReport step(int step, Updater updater) {
        long begin = System.nanoTime();
        int[] rows = inputs.trainRows(order.rows(step));
        TorchRuntime.seed(seeds.intAt(step, "dropout"));
        double loss = 0;
        for (int[] batch : DataOrder.split(rows, config.budget().perDeviceTrainBatchSize())) {
            loss += task.accumulate(batch, rows);
        }
        Update update = updater.apply(step, loss);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new StepReport(
                step + 1,
                Map.of("loss", loss, "grad_norm", update.gradientNorm()),
                Map.of("num_tokens", (double) task.tokens(rows)),
                Map.of(
                        "learning_rate", update.learningRate(),
                        "epoch", order.epochsAfter(step + 1),
                        "bad_steps", (double) updater.badSteps()),
                Map.of("step_seconds", seconds, "samples_per_second", rows.length / seconds));
    }

    /** What the shared loop asks for. */
    private final class Loop implements Learner {
        private final Updater updater;

        Loop(Updater updater) {
            this.updater = updater;
        }

        @Override
        public void restore(Path checkpoint) {
            Checkpointing.restore(checkpoint, "", task.adapter(), updater);
        }

        @Override
        public StepReport step(int step) {
            return Sft.this.step(step, updater);
        }

        @Override
        public void evaluate(int step, TrainingRun run) {
            long begin = System.nanoTime();
            run.evaluated(step, task.evaluate(), Map.of("eval_seconds", (System.nanoTime() - begin) / 1e9));
        }

        @Override
        public void save(Path checkpoint) throws IOException {
            task.writer().accept(Files.createDirectory(checkpoint.resolve(Checkpointing.ADAPTER)));
            Checkpointing.save(checkpoint, "", task.adapter(), updater);
        }

        @Override
        public Path publish(TrainingRun run) {
            return Checkpointing.publishBest(run);
        }

        @Override
        public int samples() {
            return Math.min(config.report().samplesPerEval(), inputs.heldOutRows().length);
        }

        @Override
        public Map<String, Object> sample(int step, int number) {
            return task.sample(step, number);
        }
    }

    @Override
    public void close() {
        task.adapter().close();
        inputs.close();
    }
}
