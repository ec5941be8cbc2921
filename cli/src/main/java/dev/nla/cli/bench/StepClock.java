package dev.nla.cli.bench;

import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the time of a run's steps, logging included, after the first, which warms up. */
final class StepClock implements TrainingListener {
    private long begin;
    private long end;
    private final Map<String, Double> phases = new LinkedHashMap<>();

    @Override
    public void onStep(StepReport report, int totalSteps) {
        end = System.nanoTime();
        if (report.step() == 1) {
            begin = end;
        } else {
            report.timings().forEach((name, value) -> {
                if (name.endsWith("_seconds") && !name.equals("step_seconds")) {
                    phases.merge(name, value, Double::sum);
                }
            });
        }
    }

    double seconds() {
        return (end - begin) / 1e9;
    }

    Map<String, Double> phases() {
        return phases;
    }
}
