package dev.nla.train.loop;

import dev.nla.train.run.Evaluation;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.order.DataOrder;
import dev.nla.train.run.order.StepSeeds;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stage as stages are, that trains one number: it is nudged by what rows and seeds say, evaluated and saved. */
class CountingLearner implements Learner {
    static final int STEPS = 23;

    private final DataOrder order = new DataOrder(0, 10, 4);
    private final StepSeeds seeds = new StepSeeds(0);
    private final boolean evaluatesFirst;
    private final boolean samplesWithEvaluation;
    private double weight = 1;

    /** Steps that were evaluated. */
    final List<Integer> evaluated = new ArrayList<>();

    /**
     * @param evaluatesFirst whether it is evaluated before the first step
     * @param samplesWithEvaluation whether an evaluation brings the samples
     */
    CountingLearner(boolean evaluatesFirst, boolean samplesWithEvaluation) {
        this.evaluatesFirst = evaluatesFirst;
        this.samplesWithEvaluation = samplesWithEvaluation;
    }

    @Override
    public StepReport step(int step) {
        for (int row : order.rows(step)) {
            weight += (row - 4.5) / 7 + seeds.intAt(step, "noise") * 1e-11;
        }
        double loss = step % 9 == 4 ? Double.NaN : weight * weight;
        Map<String, Double> averaged = new LinkedHashMap<>();
        averaged.put("loss", loss);
        if (step % 2 == 1) {
            averaged.put("reward/mean", loss / 3);
        }
        return new StepReport(
                step + 1,
                averaged,
                Map.of("num_tokens", 7.0 * (step + 1)),
                Map.of("epoch", order.epochsAfter(step + 1)),
                Map.of("seconds", Math.random()));
    }

    @Override
    public Evaluation evaluate(int step) {
        evaluated.add(step);
        Map<String, Double> metrics = Map.of("loss", Math.abs(weight), "odd", Double.NaN);
        return new Evaluation(metrics, samplesWithEvaluation ? List.of(sample(step, 0), sample(step, 1)) : List.of());
    }

    @Override
    public int samples() {
        return samplesWithEvaluation ? 0 : 2;
    }

    @Override
    public Map<String, Object> sample(int step, int number) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("text", number + " weighs\n" + weight);
        return line;
    }

    @Override
    public void save(Path checkpoint) throws IOException {
        Files.writeString(checkpoint.resolve("weights.txt"), Double.toString(weight));
        Files.writeString(Files.createDirectory(checkpoint.resolve("adapter")).resolve("a.txt"), "" + (float) weight);
    }

    @Override
    public void restore(Path checkpoint) {
        try {
            weight = Double.parseDouble(Files.readString(checkpoint.resolve("weights.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean evaluatesFirst() {
        return evaluatesFirst;
    }

    @Override
    public int totalSteps() {
        return STEPS;
    }

    @Override
    public String metric() {
        return "loss";
    }

    @Override
    public String result() {
        return "adapter";
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public TrainingPlan plan() {
        throw new UnsupportedOperationException("has none");
    }

    @Override
    public RunProvenance provenance() {
        throw new UnsupportedOperationException("has none");
    }

    @Override
    public void close() {}
}
