package dev.nla.train.sft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.config.SftConfig;
import dev.nla.train.heldout.Samples;
import dev.nla.train.session.MicroBatches;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Teaches the verbalizer to write a row's description for its activation. */
final class VerbalizerTask implements SftTask {
    private static final int EVALUATION_BATCH = 16;

    private final TrainingInputs inputs;
    private final Verbalizer verbalizer;
    private final VerbalizerFolder folder;
    private final int maxTokens;
    private final Mode mode;
    private final MicroBatches microBatches;
    private final Map<Integer, long[]> responses = new LinkedHashMap<>();

    VerbalizerTask(SftConfig config, TrainingInputs inputs) {
        this.inputs = inputs;
        this.folder = NewAdapters.verbalizer(config, inputs);
        this.verbalizer = folder.verbalizer();
        this.mode = inputs.trainingMode(verbalizer.adapter());
        this.microBatches = new MicroBatches(
                config.budget().perDeviceTrainBatchSize(), config.verbalizer().microBatchTokens());
        this.maxTokens = config.verbalizer().maxDescriptionTokens();
        Descriptions.of(inputs, config.descriptions(), verbalizer.format()::foreign)
                .byRow()
                .forEach((row, text) -> responses.put(row, response(row, text)));
    }

    private long[] response(int row, String text) {
        long[] tokens = verbalizer.format().response(text);
        if (tokens.length > maxTokens) {
            throw InputException.data(
                    "%s: the description of row %s takes %d tokens, more than max_description_tokens (%d): raise it or shorten the text",
                    inputs.data().folder(), inputs.data().row(row).id(), tokens.length, maxTokens);
        }
        return tokens;
    }

    @Override
    public LoraAdapter adapter() {
        return verbalizer.adapter();
    }

    @Override
    public double accumulate(int[] batch, int[] step) {
        int prompt = verbalizer.prompt().suffix().length;
        long stepTokens = tokens(step);
        double loss = 0;
        for (int[] part : microBatches.of(Arrays.stream(batch), row -> prompt + responses.get(row).length)) {
            loss += accumulate(part, stepTokens);
        }
        return loss;
    }

    private double accumulate(int[] rows, long stepTokens) {
        try (NDManager scope = inputs.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray loss = logProbabilities(scope, rows, inputs.activations(rows), mode)
                    .sum()
                    .div(scope.create(-(float) stepTokens));
            double value = loss.getFloat();
            inputs.decoder().backward(collector, loss);
            return value;
        }
    }

    private NDArray logProbabilities(NDManager scope, int[] rows, float[][] activations, Mode mode) {
        List<long[]> targets = Arrays.stream(rows).mapToObj(responses::get).toList();
        return verbalizer
                .score(scope, activations, targets, adapter(), 1, false, mode)
                .logProbabilities();
    }

    @Override
    public long tokens(int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> responses.get(row).length).sum();
    }

    /** Loss with each row's own activation and with another row's: if they do not differ, the vector is not read at all. */
    @Override
    public Map<String, Double> evaluate() {
        int[] rows = inputs.heldOutRows();
        double real = loss(rows, rows);
        double shuffled = loss(rows, rotated(rows));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", real);
        metrics.put("loss_shuffled", shuffled);
        metrics.put("loss_difference", shuffled - real);
        return metrics;
    }

    private double loss(int[] rows, int[] activationRows) {
        double sum = 0;
        for (int begin = 0; begin < rows.length; begin += EVALUATION_BATCH) {
            int end = Math.min(begin + EVALUATION_BATCH, rows.length);
            float[][] activations = inputs.activations(Arrays.copyOfRange(activationRows, begin, end));
            try (NDManager scope = inputs.decoder().manager().newSubManager()) {
                int[] batch = Arrays.copyOfRange(rows, begin, end);
                sum -= logProbabilities(scope, batch, activations, Mode.INFERENCE)
                        .sum()
                        .getFloat();
            }
        }
        return sum / tokens(rows);
    }

    private static int[] rotated(int[] rows) {
        int[] out = new int[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows[(i + Math.max(1, rows.length / 2)) % rows.length];
        }
        return out;
    }

    @Override
    public List<Map<String, Object>> samples(int step, int count) {
        int[] rows = Arrays.copyOf(inputs.heldOutRows(), Math.min(count, inputs.heldOutRows().length));
        if (rows.length == 0) {
            return List.of();
        }
        List<List<Description>> written =
                verbalizer.describe(inputs.activations(rows), Sampling.greedy(maxTokens), 1, new long[rows.length]);
        return Samples.lines(
                inputs, step, rows, written.stream().map(group -> group.get(0)).toList(), count);
    }

    @Override
    public TrainingPlan plan(int totalSteps) {
        int longest = responses.values().stream()
                .mapToInt(tokens -> tokens.length)
                .max()
                .orElseThrow();
        return TrainingPlan.of(inputs, totalSteps, verbalizer, microBatches, longest, 0);
    }

    @Override
    public String metric() {
        return "loss";
    }

    @Override
    public ThrowingConsumer<Path> writer() {
        return folder::write;
    }
}
