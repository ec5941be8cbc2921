package dev.nla.cli.terminal;

import dev.nla.train.run.Best;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a training run: a bar that moves with the steps, and a line for each evaluation and checkpoint. */
public final class TrainingProgress implements TrainingListener {
    /** What a bar has room for, most telling first. */
    private static final List<String> SHOWN = List.of("reward", "loss", "kl");

    private final ProgressDisplay display;
    private int firstStep;
    private long begin;
    // Read by the thread that ends the process.
    private volatile boolean started;
    private volatile int savedStep = -1;

    /** Shows on this display, which stays the caller's. */
    public TrainingProgress(ProgressDisplay display) {
        this.display = display;
    }

    @Override
    public void onStart(Path directory, int firstStep, int totalSteps) {
        this.firstStep = firstStep;
        this.begin = System.nanoTime();
        this.savedStep = firstStep > 0 ? firstStep : savedStep;
        this.started = true;
        String from = firstStep == 0 ? "" : " from step " + firstStep;
        display.message("%s: %d steps%s".formatted(directory, totalSteps, from));
    }

    @Override
    public void onStep(StepReport report, int totalSteps) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        double perStep = seconds / (report.step() - firstStep);
        Duration left = Duration.ofMillis((long) (1000 * perStep * (totalSteps - report.step())));
        String detail = SHOWN.stream()
                .filter(report.averaged()::containsKey)
                .map(name -> name + " " + number(report.averaged().get(name)))
                .collect(Collectors.joining(", "));
        display.show(report.step(), totalSteps, 1 / perStep, left, detail);
    }

    @Override
    public void onEval(int step, Map<String, Double> metrics, Best best) {
        String values = metrics.entrySet().stream()
                .map(metric -> metric.getKey() + " " + number(metric.getValue()))
                .collect(Collectors.joining(", "));
        display.message("held out, step %d: %s%s".formatted(step, values, best.step() == step ? " (best)" : ""));
    }

    @Override
    public void onSample(int number, int count) {
        display.beside("samples %d/%d".formatted(number, count));
    }

    /** Where the run goes on when it is stopped now, such as {@code goes on from step 20}; empty before it has begun. */
    public Optional<String> whereItGoesOn() {
        if (!started) {
            return Optional.empty();
        }
        return Optional.of(savedStep < 0 ? "begins anew, nothing is saved yet" : "goes on from step " + savedStep);
    }

    @Override
    public void onCheckpoint(int step, Path checkpoint) {
        savedStep = step;
        display.message("saved " + checkpoint);
    }

    @Override
    public void onMessage(String message) {
        display.message(message);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
