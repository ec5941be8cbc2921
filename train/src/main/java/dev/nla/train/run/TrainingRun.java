package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.train.config.ReportSettings;
import dev.nla.train.config.TrainConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    private int sampledStep = NONE;
    private int samplesKept;

    private TrainingRun(
            RunFolder folder,
            ReportSettings settings,
            int totalSteps,
            TrainingListener listener,
            Checkpoints checkpoints,
            Optional<TrainerState> resumed,
            String metric) {
        this.folder = folder;
        this.settings = settings;
        this.totalSteps = totalSteps;
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.results = new ResultFolders(folder.directory());
        this.start = resumed.orElseGet(() -> TrainerState.initial(metric));
        this.resumedFrom = resumed.map(state -> checkpoints.path(state.step()));
        this.logs = new RunLogs(folder.directory(), start, listener);
        this.meters = new Meters(start.meters());
        this.best = start.best();
        if (start.samplesDue()) {
            this.sampledStep = start.step();
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
            Provenance provenance,
            Resume resume,
            String stageMetric,
            int totalSteps,
            TrainingListener listener) {
        Path directory = config.run().outputDir();
        boolean fresh =
                resume instanceof Resume.No || (resume instanceof Resume.Auto && !RunFolder.holdsRun(directory));
        if (resume instanceof Resume.From from) {
            requireInside(directory, from.folder());
        }
        RunFolder folder = fresh ? RunFolder.create(config, provenance) : RunFolder.reopen(config);
        try {
            ReportSettings settings = config.report();
            Checkpoints checkpoints = new Checkpoints(directory, settings.saveTotalLimit(), listener);
            checkpoints.removeLeftovers();
            Optional<TrainerState> resumed = fresh ? Optional.empty() : resumePoint(checkpoints, resume);
            String metric = settings.metricForBestModel().equals("auto") ? stageMetric : settings.metricForBestModel();
            TrainingRun run = new TrainingRun(folder, settings, totalSteps, listener, checkpoints, resumed, metric);
            run.announce(fresh, provenance);
            return run;
        } catch (RuntimeException | Error failed) {
            folder.close();
            throw failed;
        }
    }

    private static void requireInside(Path directory, Path asked) {
        Path run = asked.toAbsolutePath().normalize();
        if (Files.exists(run.resolve(TrainerState.FILE))) {
            run = run.getParent();
        }
        if (!run.equals(directory.toAbsolutePath().normalize())) {
            throw InputException.usage(
                    "--resume %s is not in output_dir %s, expected that run folder or a checkpoint-N in it: set output_dir=%s",
                    asked, directory, run);
        }
    }

    private static Optional<TrainerState> resumePoint(Checkpoints checkpoints, Resume resume) {
        if (resume instanceof Resume.From from && Files.exists(from.folder().resolve(TrainerState.FILE))) {
            String name =
                    from.folder().toAbsolutePath().normalize().getFileName().toString();
            for (int step : checkpoints.steps()) {
                if (checkpoints.path(step).getFileName().toString().equals(name)) {
                    return Optional.of(checkpoints.goBackTo(step));
                }
            }
            throw InputException.usage(
                    "--resume %s is not a checkpoint, expected a folder checkpoint-N", from.folder());
        }
        return checkpoints.newest();
    }

    private void announce(boolean fresh, Provenance provenance) {
        if (!fresh) {
            folder.noteResume(provenance, start.step());
            writeBest();
            listener.onMessage(
                    resumedFrom.isPresent()
                            ? "going on from " + resumedFrom.get()
                            : "no whole checkpoint in " + folder.directory() + " yet: starting over");
        }
        listener.onStart(folder.directory(), start.step(), totalSteps);
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

    /** Takes in an evaluation on held-out rows, which took so many seconds. */
    public void evaluated(int step, Evaluation evaluation, double seconds) {
        best = best.observe(step, evaluation.metrics());
        sampledStep = step;
        samplesKept = 0;
        logs.metrics(step, "eval", "eval_", evaluation.metrics());
        logs.timings(step, Map.of("eval_seconds", seconds));
        evaluation.samples().forEach(logs::sample);
        listener.onEval(step, evaluation.metrics(), best);
    }

    /**
     * Adds lines to {@code samples.jsonl} after the checkpoint of their step, where that was evaluated: those of them that are not there yet.
     *
     * @param count how many there are to be
     * @param line the one with this number, counted from 0
     */
    public void samples(int step, int count, IntFunction<Map<String, Object>> line) {
        if (step != sampledStep) {
            return;
        }
        for (int number = samplesKept; number < count; number++) {
            listener.onSample(number + 1, count);
            logs.sample(line.apply(number));
        }
        sampledStep = NONE;
    }

    /** Whether early stopping ends the run here; true at once when a run is resumed that had stopped. */
    public boolean shouldStop() {
        return best.exhausted(settings.earlyStoppingPatience());
    }

    /** Whether to save after so many steps: every {@code save_steps}, at a new best evaluation, and at the end. */
    public boolean checkpointDue(int step) {
        boolean regular = settings.saveSteps() > 0 && step > 0 && step % settings.saveSteps() == 0;
        return regular || step == totalSteps || shouldStop() || isBest(step);
    }

    /**
     * Makes {@code checkpoint-N}. Everything of this step has to be reported before.
     *
     * @param content writes adapter and optimizer into the folder it is given
     */
    public Path save(int step, ThrowingConsumer<Path> content) {
        TrainerState state = new TrainerState(step, best, meters.state(), logs.force(), sampledStep == step);
        Path saved = checkpoints.save(state, content);
        writeBest();
        checkpoints.prune(best);
        listener.onCheckpoint(step, saved);
        return saved;
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

    /** Makes a folder of the run's result, such as {@code adapter/}, in place of an older one. */
    public Path publish(String name, ThrowingConsumer<Path> content) {
        return results.publish(name, content);
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

    /** Closes the logs and lets other processes at the folder. */
    @Override
    public void close() {
        logs.close();
        folder.close();
    }
}
