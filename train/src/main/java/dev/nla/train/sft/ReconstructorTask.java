package dev.nla.train.sft;

import dev.nla.data.dataset.Row;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.gap.Cosine;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.parts.ReadTexts;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.train.config.SftConfig;
import dev.nla.train.critic.ReconstructorTraining;
import dev.nla.train.descriptions.Descriptions;
import dev.nla.train.heldout.HeldOutGap;
import dev.nla.train.parts.PartGradient;
import dev.nla.train.parts.ReconstructorPart;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.BaseDecoder;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingData;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Teaches the reconstructor to turn a row's description into its activation. */
final class ReconstructorTask implements SftTask<ReconstructorPart> {
    private final TrainingData data;
    private final Workers workers;
    private final ReconstructorFolder folder;
    private final Reconstructor reconstructor;
    private final Mode mode;
    private final Descriptions descriptions;
    private final ReconstructorTraining training;
    private final HeldOutGap heldOut;
    private final int batchRows;

    ReconstructorTask(SftConfig config, TrainingInputs inputs) {
        this.data = inputs.data();
        this.workers = inputs.workers();
        this.batchRows = config.budget().perDeviceTrainBatchSize();
        this.folder = new NewAdapters(config, data, inputs.decoder()).reconstructor();
        this.reconstructor = folder.reconstructor();
        this.descriptions = Descriptions.of(data, config.descriptions(), this::marker);
        this.mode = BaseDecoder.trainingMode(config.run(), reconstructor.adapter());
        this.training =
                new ReconstructorTraining(data, reconstructor, config.reconstructorLoss(), folder.scale(), mode);
        this.heldOut = new HeldOutGap(data, inputs.decoder().manager());
    }

    /** The marker, where the text holds it and the vector is read at one. */
    private Optional<String> marker(String text) {
        return Optional.of(reconstructor.marker()).filter(marker -> !marker.isEmpty() && text.contains(marker));
    }

    @Override
    public LoraAdapter adapter() {
        return reconstructor.adapter();
    }

    /** A batch is one part. */
    @Override
    public Parts<ReconstructorPart> parts(int[] batch, int[] step, PartSeeds seeds) {
        int seed = seeds.next();
        return Parts.of(1, only -> training.part(descriptions.of(batch), batch, step.length, seed));
    }

    @Override
    public PartWork<ReconstructorPart, PartGradient> gradient() {
        return training.gradient();
    }

    @Override
    public long tokens(int[] rows) {
        return descriptions.of(rows).stream()
                .mapToLong(text -> data.tokenizer().encode(text).length)
                .sum();
    }

    /** The loss is 2 (1 - cos), whatever the training's is a sum of. */
    @Override
    public Map<String, Double> evaluate() {
        Map<String, Double> gap =
                heldOut.measure(new ReadTexts(reconstructor).of(workers, descriptions.of(data.heldOutRows())));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", 2 * (1 - gap.get("gap/legacy_cos")));
        metrics.putAll(gap);
        return metrics;
    }

    @Override
    public Map<String, Object> sample(int step, int number) {
        int index = data.heldOutRows()[number];
        float[] vector = reconstructor.reconstruct(descriptions.of(new int[] {index}))[0];
        Row row = data.row(index);
        float[] activation = data.activation(index);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("id", row.id());
        line.put("description", row.description());
        line.put("cosine", cosine(Cosine.raw(), vector, activation));
        line.put("centered_cosine", cosine(Cosine.centered(data.mean()), vector, activation));
        return line;
    }

    private static double cosine(Cosine cosine, float[] vector, float[] activation) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                return Double.NaN;
            }
        }
        return cosine.between(vector, activation);
    }

    @Override
    public TrainingPlan plan(int totalSteps) {
        return TrainingPlan.of(
                data,
                totalSteps,
                reconstructor,
                mode,
                batchRows,
                descriptions.byRow().values());
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
