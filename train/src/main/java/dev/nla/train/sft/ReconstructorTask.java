package dev.nla.train.sft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.data.dataset.Row;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.gap.Cosine;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.Readout;
import dev.nla.train.config.SftConfig;
import dev.nla.train.critic.CriticTargets;
import dev.nla.train.critic.ReconstructionLoss;
import dev.nla.train.heldout.HeldOutGap;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Teaches the reconstructor to turn a row's description into its activation. */
final class ReconstructorTask implements SftTask {
    private final TrainingInputs inputs;
    private final ReconstructorFolder folder;
    private final Reconstructor reconstructor;
    private final ReconstructionLoss loss;
    private final CriticTargets targets;
    private final HeldOutGap heldOut;
    private final int batchRows;

    ReconstructorTask(SftConfig config, TrainingInputs inputs) {
        this.inputs = inputs;
        this.batchRows = config.budget().perDeviceTrainBatchSize();
        this.folder = NewAdapters.reconstructor(config, inputs);
        this.reconstructor = folder.reconstructor();
        double scale = config.reconstructor()
                .mseScale()
                .orElse(Math.sqrt(inputs.decoder().config().hiddenSize()));
        this.loss = new ReconstructionLoss(config.reconstructorLoss(), scale, inputs.mean());
        this.targets = new CriticTargets(inputs, loss);
        this.heldOut = new HeldOutGap(inputs);
        for (int row : inputs.trainRows()) {
            requireDescription(row);
        }
        for (int row : inputs.heldOutRows()) {
            requireDescription(row);
        }
    }

    private void requireDescription(int row) {
        Row labelled = inputs.data().row(row);
        if (labelled.description().isBlank()) {
            throw InputException.data(
                    "%s: row %s has no description to learn from", inputs.data().folder(), labelled.id());
        }
    }

    private List<String> descriptions(int[] rows) {
        return Arrays.stream(rows)
                .mapToObj(row -> inputs.data().row(row).description().strip())
                .toList();
    }

    @Override
    public LoraAdapter adapter() {
        return reconstructor.adapter();
    }

    @Override
    public double accumulate(int[] batch, int[] step) {
        try (NDManager scope = inputs.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray vectors = reconstructor.reconstruct(scope, descriptions(batch), Mode.TRAINING);
            NDArray value = loss.sum(scope, vectors, inputs.activations(batch), targets.neighbours(batch))
                    .div(step.length);
            double share = value.getFloat();
            collector.backward(value);
            return share;
        }
    }

    @Override
    public long tokens(int[] rows) {
        return descriptions(rows).stream()
                .mapToLong(text -> inputs.tokenizer().encode(text).length)
                .sum();
    }

    @Override
    public Map<String, Double> evaluate() {
        int[] rows = inputs.heldOutRows();
        float[][] vectors = reconstructor.reconstruct(descriptions(rows));
        float[][] activations = inputs.activations(rows);
        Map<String, Double> metrics = new LinkedHashMap<>();
        double distance = 0;
        for (int i = 0; i < rows.length; i++) {
            distance += (1 - Cosine.raw().between(vectors[i], activations[i])) / rows.length;
        }
        metrics.put("loss", 2 * distance);
        metrics.putAll(heldOut.measure(vectors));
        return metrics;
    }

    @Override
    public List<Map<String, Object>> samples(int step, int count) {
        int[] rows = Arrays.copyOf(inputs.heldOutRows(), Math.min(count, inputs.heldOutRows().length));
        float[][] vectors = reconstructor.reconstruct(descriptions(rows));
        Cosine centred = Cosine.centered(inputs.mean());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            Row row = inputs.data().row(rows[i]);
            float[] activation = inputs.data().activation(rows[i]);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("step", step);
            line.put("id", row.id());
            line.put("description", row.description());
            line.put("cosine", Cosine.raw().between(vectors[i], activation));
            line.put("centered_cosine", centred.between(vectors[i], activation));
            lines.add(line);
        }
        return lines;
    }

    @Override
    public TrainingPlan plan(int totalSteps) {
        int longest = Arrays.stream(inputs.trainRows())
                .map(row -> reconstructor.tokens(
                                inputs.data().row(row).description().strip())
                        .length)
                .max()
                .orElseThrow();
        String first = descriptions(inputs.trainRows()).get(0);
        return new TrainingPlan(
                inputs.trainRows().length,
                inputs.heldOutRows().length,
                totalSteps,
                adapter().layout().size(),
                TrainingPlan.memory(
                        inputs.decoder().config(),
                        inputs.decoder().computeType(),
                        adapter(),
                        batchRows,
                        longest,
                        0,
                        0,
                        inputs.layer() + 1),
                reconstructor.prompt(first),
                reconstructor.readOut() == Readout.MARKER_HIDDEN ? reconstructor.tokens(first).length - 1 : -1,
                reconstructor.tokens(first).length);
    }

    @Override
    public String metric() {
        return "gap/centered";
    }

    @Override
    public ThrowingConsumer<Path> writer() {
        return folder::write;
    }
}
