package dev.nla.train.sft;

import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.train.config.SftConfig;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.descriptions.Descriptions;
import dev.nla.train.heldout.Samples;
import dev.nla.train.parts.DescriptionPart;
import dev.nla.train.parts.MicroBatches;
import dev.nla.train.parts.PartGradient;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.BaseDecoder;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingData;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Teaches the verbalizer to write a row's description for its activation. */
final class VerbalizerTask implements SftTask<DescriptionPart> {
    private final TrainingData data;
    private final Workers workers;
    private final Verbalizer verbalizer;
    private final VerbalizerFolder folder;
    private final Mode mode;
    private final DescriptionLoss loss;

    VerbalizerTask(SftConfig config, TrainingInputs inputs) {
        this.data = inputs.data();
        this.workers = inputs.workers();
        this.folder = new NewAdapters(config, data, inputs.decoder()).verbalizer();
        this.verbalizer = folder.verbalizer();
        this.mode = BaseDecoder.trainingMode(config.run(), verbalizer.adapter());
        this.loss = new DescriptionLoss(
                data,
                verbalizer,
                mode,
                Descriptions.of(data, config.descriptions(), verbalizer.format()::foreign),
                new MicroBatches(
                        config.budget().perDeviceTrainBatchSize(),
                        config.verbalizer().microBatchTokens()),
                config.verbalizer().maxDescriptionTokens(),
                "max_description_tokens");
    }

    @Override
    public LoraAdapter adapter() {
        return verbalizer.adapter();
    }

    @Override
    public Parts<DescriptionPart> parts(int[] batch, int[] step, PartSeeds seeds) {
        return loss.parts(batch, loss.tokens(step), 1, seeds);
    }

    @Override
    public PartWork<DescriptionPart, PartGradient> gradient() {
        return loss.gradient();
    }

    @Override
    public long tokens(int[] rows) {
        return loss.tokens(rows);
    }

    /** Loss with each row's own activation and with another row's: if they do not differ, the vector is not read at all. */
    @Override
    public Map<String, Double> evaluate() {
        int[] rows = data.heldOutRows();
        double real = loss.mean(workers, rows, rows);
        double shuffled = loss.mean(workers, rows, rotated(rows));
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
        int[] row = {data.heldOutRows()[number]};
        Sampling sampling = Sampling.greedy(Math.min(Samples.LONGEST, loss.longest()));
        List<Description> written = verbalizer
                .describe(data.activations(row), sampling, 1, new long[1])
                .get(0);
        return Samples.lines(data, step, row, written, 1).get(0);
    }

    @Override
    public TrainingPlan plan(int totalSteps) {
        return TrainingPlan.of(data, totalSteps, verbalizer, mode, loss.microBatches(), loss.longest(), 0);
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
