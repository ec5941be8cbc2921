package dev.nla.train.sft;

import dev.nla.model.sidecar.Role;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.setting.Located;
import dev.nla.train.loop.Course;
import dev.nla.train.loop.Learner;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.parts.GradientSum;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.order.DataOrder;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.DataWarnings;
import dev.nla.train.session.MadeFrom;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Supervised fine-tuning: cross-entropy on descriptions for the verbalizer, nearness to the activation for the reconstructor. */
public final class Sft implements Learner {
    private final SftConfig config;
    private final TrainingInputs inputs;
    private final SftTask<?> task;
    private final Course course;
    private final Updater updater;

    private Sft(SftConfig config, TrainingInputs inputs) {
        this.config = config;
        this.inputs = inputs;
        this.task = config.role() == Role.VERBALIZER
                ? new VerbalizerTask(config, inputs)
                : new ReconstructorTask(config, inputs);
        this.course = Course.of(config, inputs.data().trainRows().length);
        task.adapter().requireGradient(true);
        this.updater = Updater.of(
                inputs.decoder().manager(), task.adapter().parameters(), config.optimizer(), course.totalSteps());
    }

    /** Loads everything a run needs, without starting it; the caller closes it. */
    public static Sft open(SftConfig config, WorkersSource workers) {
        TrainingInputs inputs = TrainingInputs.open(config.run(), config.report(), workers);
        try {
            return new Sft(config, inputs);
        } catch (RuntimeException | Error e) {
            inputs.close();
            throw e;
        }
    }

    @Override
    public TrainingPlan plan() {
        return task.plan(course.totalSteps());
    }

    @Override
    public RunProvenance provenance() {
        return MadeFrom.provenance(
                config, inputs.data().tokenizer(), inputs.decoder().computeType());
    }

    @Override
    public int totalSteps() {
        return course.totalSteps();
    }

    @Override
    public List<String> warnings() {
        return DataWarnings.of(
                inputs.data(),
                config.initAdapter().map(Located::folder).stream().toList());
    }

    @Override
    public String metric() {
        return task.metric();
    }

    @Override
    public boolean evaluatesFirst() {
        return false;
    }

    @Override
    public StepReport step(int step) {
        long begin = System.nanoTime();
        int[] rows = inputs.data().trainRows(course.order().rows(step));
        GradientSum gradient = new GradientSum(task.adapter().layout().size());
        double loss = learn(task, rows, course.seeds().ofParts(step, "dropout 0"), gradient);
        Update update = updater.apply(step, loss, gradient.values());
        double seconds = (System.nanoTime() - begin) / 1e9;
        return course.report(
                step,
                Map.of("loss", loss, "grad_norm", update.gradientNorm()),
                task.tokens(rows),
                updater,
                Map.of("step_seconds", seconds, "samples_per_second", rows.length / seconds));
    }

    private <P> double learn(SftTask<P> learning, int[] rows, PartSeeds seeds, GradientSum gradient) {
        List<Parts<P>> batches = DataOrder.split(rows, config.budget().perDeviceTrainBatchSize()).stream()
                .map(batch -> learning.parts(batch, rows, seeds))
                .toList();
        return gradient.add(inputs.workers(), learning.gradient(), batches);
    }

    @Override
    public Evaluation evaluate(int step) {
        return Evaluation.of(task.evaluate());
    }

    @Override
    public int samples() {
        return Math.min(config.report().samplesPerEval(), inputs.data().heldOutRows().length);
    }

    @Override
    public Map<String, Object> sample(int step, int number) {
        return task.sample(step, number);
    }

    @Override
    public void save(Path checkpoint) throws IOException {
        task.writer().accept(Files.createDirectory(checkpoint.resolve(Checkpointing.ADAPTER)));
        Checkpointing.save(checkpoint, "", task.adapter(), updater);
    }

    @Override
    public void restore(Path checkpoint) {
        Checkpointing.restore(checkpoint, "", task.adapter(), updater);
    }

    @Override
    public String result() {
        return Checkpointing.ADAPTER;
    }

    @Override
    public void close() {
        updater.close();
        task.adapter().close();
        inputs.close();
    }
}
