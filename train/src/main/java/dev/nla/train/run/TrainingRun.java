package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.run.log.Meters;
import dev.nla.train.run.log.Tracker;
import dev.nla.train.run.order.DataOrder;
import dev.nla.train.run.order.StepSeeds;
import dev.nla.train.run.tracker.Trackers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A run under way: what a training loop reports to and asks for the next step. After a kill, a run that is opened again with
 * {@link Resume#auto} goes on from its newest whole checkpoint, and its {@code metrics.jsonl} and {@code samples.jsonl} end up the same to
 * the byte, provided that the loop draws all randomness from {@link DataOrder} and {@link StepSeeds} and restores adapter and optimizer from
 * {@link #resumedFrom}. Not for several threads.
 */
public final class TrainingRun implements AutoCloseable {
    private static final int NONE = -1;

    private final RunFolder folder;
    private final ReportSettings settings;
    private final TrainingListener listener;
    private final int totalSteps;
    private final Checkpoints checkpoints;
    private final ResultFolders results;
    private final TrainerState start;
    private final Optional<Path> resumedFrom;
    private final RunLogs logs;
    private final Meters meters;
    private final Meters timings = new Meters(Meters.State.empty());
    private Best best;
    /** The step whose evaluation is due and not done yet. */
    private int owed = NONE;
    /** The step whose samples may be due, and how many of them are there. */
    private int sampled = NONE;

    private int samplesKept;
    /** The checkpoint that was made for an evaluation alone, which has found nothing better; it goes with the next one. */
    private int passing = NONE;

    private TrainingRun(
            RunFolder folder,
            ReportSettings settings,
            int totalSteps,
            TrainingListener listener,
            Checkpoints checkpoints,
            Optional<TrainerState> resumed,
            String metric,
            IntFunction<List<Tracker>> trackers) {
        this.folder = folder;
        this.settings = settings;
        this.totalSteps = totalSteps;
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.results = new ResultFolders(folder.directory());
        this.start = resumed.orElseGet(() -> TrainerState.initial(metric));
        this.resumedFrom = resumed.map(state -> checkpoints.path(state.step()));
        int firstNew = resumed.isPresent() ? start.step() + 1 : 0;
        this.logs = new RunLogs(folder.directory(), start, trackers.apply(firstNew), listener);
        this.meters = new Meters(start.meters());
        this.best = start.best();
        if (start.evaluationDue()) {
            this.owed = start.step();
        } else if (start.samplesDue()) {
            this.sampled = start.step();
            this.samplesKept = logs.keptSamples();
        }
    }

    /**
     * Starts a run in {@code output_dir}, or goes on with the one that is there.
     *
     * @param stageMetric the held-out metric that picks the best checkpoint where {@code metric_for_best_model} is auto
     * @param totalSteps optimizer steps of the whole run
     * @throws InputException when the folder holds a run that is not to be resumed, another process's run, or one with other settings
     */
    public static TrainingRun open(
            TrainConfig config,
            RunProvenance provenance,
            Resume resume,
            String stageMetric,
            int totalSteps,
            TrainingListener listener) {
        Path directory = config.run().outputDir();
        boolean fresh =
                resume instanceof Resume.No || (resume instanceof Resume.Auto && !RunFolder.holdsRun(directory));
        ResumePoint.requireInside(directory, resume);
        RunFolder folder = fresh ? RunFolder.create(config, provenance) : RunFolder.reopen(config);
        try {
            ReportSettings settings = config.report();
            Checkpoints checkpoints = new Checkpoints(directory, settings.saveTotalLimit(), listener);
            checkpoints.removeLeftovers();
            Optional<TrainerState> resumed = fresh ? Optional.empty() : ResumePoint.of(checkpoints, resume);
            String metric = settings.metricForBestModel().equals("auto") ? stageMetric : settings.metricForBestModel();
            TrainingRun run = new TrainingRun(
                    folder,
                    settings,
                    totalSteps,
                    listener,
                    checkpoints,
                    resumed,
                    metric,
                    firstStep -> Trackers.open(config, firstStep, System.getenv()));
            run.announce(fresh, provenance);
            return run;
        } catch (RuntimeException | Error failed) {
            folder.close();
            throw failed;
        }
    }

    /** The file in a run's folder that holds the settings it was begun with. */
    public static Path settingsIn(Path directory) {
        return directory.resolve(RunFolder.CONFIG);
    }

    private void announce(boolean fresh, RunProvenance provenance) {
        if (!fresh) {
            folder.noteResume(provenance, start.step());
            clearPassed();
            logs.keptEvaluation().ifPresent(metrics -> conclude(start.step(), metrics, logs.keptSamples()));
            writeBest();
            listener.onMessage(
                    resumedFrom.isPresent()
                            ? "going on from " + resumedFrom.get()
                            : "no whole checkpoint in " + folder.directory() + " yet: starting over");
        }
        listener.onStart(folder.directory(), start.step(), totalSteps);
    }

    /** A process that ends between a checkpoint and the deletion of one that it follows leaves both, or more than are to be kept. */
    private void clearPassed() {
        checkpoints
                .before(start.step())
                .filter(state -> state.evaluationDue() && !saveDue(state.step()) && !isBest(state.step()))
                .ifPresent(state -> checkpoints.delete(state.step()));
        if (owed == NONE) {
            checkpoints.prune(best);
        }
    }

    /** Steps that were done before this process began. */
    public int firstStep() {
        return start.step();
    }

    /** The checkpoint that adapter and optimizer are to be loaded from; empty at a start. */
    public Optional<Path> resumedFrom() {
        return resumedFrom;
    }

    /** Steps of the whole run. */
    public int totalSteps() {
        return totalSteps;
    }

    /** The run's folder. */
    public Path directory() {
        return folder.directory();
    }

    /** Takes in one step, and writes a line every {@code logging_steps} and at the last one. */
    public void step(StepReport report) {
        meters.average(report.averaged());
        meters.sum(report.summed());
        timings.average(report.timings());
        listener.onStep(report, totalSteps);
        if (report.step() % settings.loggingSteps() == 0 || report.step() == totalSteps) {
            Map<String, Double> values = new LinkedHashMap<>(meters.read());
            values.putAll(report.latest());
            logs.metrics(report.step(), "train", "", values);
            logs.timings(report.step(), timings.read());
            listener.onLog(report.step(), values);
        }
    }

    /** Whether to evaluate after so many steps: every {@code eval_steps} and after the last one. */
    public boolean evaluationDue(int step) {
        return step == totalSteps || (settings.evalSteps() > 0 && step > 0 && step % settings.evalSteps() == 0);
    }

    /** Whether a checkpoint was made for an evaluation after so many steps, which is still to be done. */
    public boolean evaluationOwed(int step) {
        return owed == step;
    }

    /** Takes in an evaluation on held-out rows, which took so many seconds. */
    public void evaluated(int step, Evaluation evaluation, double seconds) {
        evaluation.samples().forEach(logs::sample);
        logs.timings(step, Map.of("eval_seconds", seconds));
        logs.evaluation(step, evaluation.metrics());
        conclude(step, evaluation.metrics(), evaluation.samples().size());
        listener.onEval(step, evaluation.metrics(), best);
    }

    /** What follows from an evaluation, be it done just now or before the run was stopped. */
    private void conclude(int step, Map<String, Double> metrics, int samples) {
        best = best.observe(step, metrics);
        owed = NONE;
        sampled = step;
        samplesKept = samples;
        if (saveDue(step) || shouldStop() || isBest(step)) {
            tidy();
        } else {
            passing = step;
        }
    }

    /**
     * Adds lines to {@code samples.jsonl} after the checkpoint of their step, where that was evaluated: those of them that are not there yet.
     *
     * @param count how many there are to be
     * @param line the one with this number, counted from 0
     */
    public void samples(int step, int count, IntFunction<Map<String, Object>> line) {
        if (step != sampled) {
            return;
        }
        for (int number = samplesKept; number < count; number++) {
            listener.onSample(number + 1, count);
            logs.sample(line.apply(number));
        }
        sampled = NONE;
    }

    /** Whether early stopping ends the run here; true at once when a run is resumed that had stopped. */
    public boolean shouldStop() {
        return best.exhausted(settings.earlyStoppingPatience());
    }

    /** Whether to save after so many steps: every {@code save_steps} and at the end. A new best evaluation keeps its checkpoint too. */
    public boolean saveDue(int step) {
        return step == totalSteps || (settings.saveSteps() > 0 && step > 0 && step % settings.saveSteps() == 0);
    }

    /**
     * Makes {@code checkpoint-N}, before the evaluation of this step where there is one: whatever ends the run in it, nothing is lost, and
     * it is done again. Everything else of this step has to be reported before.
     *
     * @param evaluates whether the step is to be evaluated; then the checkpoint stays if it is due anyway, or turns out to be the best
     * @param content writes adapter and optimizer into the folder it is given
     */
    public Path save(int step, boolean evaluates, ThrowingConsumer<Path> content) {
        TrainerState state = new TrainerState(step, best, meters.state(), logs.force(), false, evaluates);
        Path saved = checkpoints.save(state, content);
        if (passing != NONE) {
            checkpoints.delete(passing);
            passing = NONE;
        }
        if (evaluates) {
            owed = step;
        } else {
            tidy();
        }
        listener.onCheckpoint(step, saved);
        return saved;
    }

    private void tidy() {
        writeBest();
        checkpoints.prune(best);
    }

    /** The best held-out value so far. */
    public Best best() {
        return best;
    }

    /** The checkpoint of the best evaluation, when there was one and it was saved. */
    public Optional<Path> bestCheckpoint() {
        return best.value().map(value -> checkpoints.path(best.step())).filter(Files::isDirectory);
    }

    /**
     * Makes the run's result from the best checkpoint.
     *
     * @param result the folder in it that is the result, such as {@code adapter}
     * @return the folder of that name in the run's
     * @throws InputException when no evaluation gave a number to choose by
     */
    public Path publishBest(String result) {
        Path checkpoint = bestCheckpoint()
                .orElseThrow(() -> InputException.data(
                        "%s: no evaluation gave a finite eval_%s, so there is no best %s: lower learning_rate",
                        directory(), best.metric(), result));
        return results.publish(checkpoint, result);
    }

    private boolean isBest(int step) {
        return best.value().isPresent() && best.step() == step;
    }

    private void writeBest() {
        bestCheckpoint().ifPresent(checkpoint -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("metric", "eval_" + best.metric());
            line.put("value", best.value().orElseThrow());
            line.put("step", best.step());
            line.put("checkpoint", checkpoint.getFileName().toString());
            JsonFile.write(directory().resolve("best.json"), line);
        });
    }

    /** Tells trackers how the run has ended. */
    public void end(boolean succeeded) {
        logs.end(succeeded);
    }

    /** Closes the logs and lets other processes at the folder. */
    @Override
    public void close() {
        logs.close();
        folder.close();
    }
}
