package dev.nla.train.sft;

import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.config.SftConfig;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.descriptions.Descriptions;
import dev.nla.train.heldout.Samples;
import dev.nla.train.session.MicroBatches;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Teaches the verbalizer to write a row's description for its activation. */
final class VerbalizerTask implements SftTask {
    private final TrainingInputs inputs;
    private final Verbalizer verbalizer;
    private final VerbalizerFolder folder;
    private final MicroBatches microBatches;
    private final DescriptionLoss loss;

    VerbalizerTask(SftConfig config, TrainingInputs inputs) {
        this.inputs = inputs;
        this.folder = NewAdapters.verbalizer(config, inputs);
        this.verbalizer = folder.verbalizer();
        this.microBatches = new MicroBatches(
                config.budget().perDeviceTrainBatchSize(), config.verbalizer().microBatchTokens());
        this.loss = new DescriptionLoss(
                inputs,
                verbalizer,
                Descriptions.of(inputs, config.descriptions(), verbalizer.format()::foreign),
                microBatches,
                config.verbalizer().maxDescriptionTokens(),
                "max_description_tokens");
    }

    @Override
    public LoraAdapter adapter() {
        return verbalizer.adapter();
    }

    @Override
    public double accumulate(int[] batch, int[] step) {
        return loss.accumulate(batch, loss.tokens(step), 1);
    }

    @Override
    public long tokens(int[] rows) {
        return loss.tokens(rows);
    }

    /** Loss with each row's own activation and with another row's: if they do not differ, the vector is not read at all. */
    @Override
    public Map<String, Double> evaluate() {
        int[] rows = inputs.heldOutRows();
        double real = loss.mean(rows, rows);
        double shuffled = loss.mean(rows, rotated(rows));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", real);
        metrics.put("loss_shuffled", shuffled);
        metrics.put("loss_difference", shuffled - real);
        return metrics;
    }

    private static int[] rotated(int[] rows) {
        int[] out = new int[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows[(i + Math.max(1, rows.length / 2)) % rows.length];
        }
        return out;
    }

    /** No longer than the longest description taught: an untrained verbalizer finds no end by itself. */
    @Override
    public Map<String, Object> sample(int step, int number) {
        int[] row = {inputs.heldOutRows()[number]};
        Sampling sampling = Sampling.greedy(Math.min(Samples.LONGEST, loss.longest()));
        List<Description> written = verbalizer
                .describe(inputs.activations(row), sampling, 1, new long[1])
                .get(0);
        return Samples.lines(inputs, step, row, written, 1).get(0);
    }

    @Override
    public TrainingPlan plan(int totalSteps) {
        return TrainingPlan.of(inputs, totalSteps, verbalizer, microBatches, loss.longest(), 0);
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
