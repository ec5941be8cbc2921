package dev.nla.train.session;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.digest.Sha256;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.files.Document;
import dev.nla.model.gap.CenteringMean;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.ComputeDtype;
import dev.nla.train.config.ReportSettings;
import dev.nla.train.config.RunSettings;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.config.TrainDocuments;
import dev.nla.train.run.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The base model with its tokenizer, and a dataset that belongs to it.
 *
 * @param centering mean activation of the whole train split
 * @param trainRows dataset rows to train on, ascending
 * @param heldOutRows dataset rows of the validation split to evaluate on
 */
public record TrainingInputs(
        RunSettings settings,
        Decoder decoder,
        Tokenizer tokenizer,
        ActivationDataset data,
        CenteringMean centering,
        int[] trainRows,
        int[] heldOutRows)
        implements AutoCloseable {
    private static final String COMPUTE_DTYPE = "compute_dtype";

    /** Opens everything and checks that it belongs together; the caller closes it. */
    public static TrainingInputs open(RunSettings settings, ReportSettings report) {
        useThreads(settings);
        ActivationDataset data = ActivationDataset.open(settings.data());
        try {
            requireSameModel(settings, data);
            int[] train = limited(trainable(data, settings.trainDocuments()), settings.trainRows());
            int[] heldOut = limited(data.rowsOf(Split.VALIDATION), report.maxEvalRows());
            if (train.length == 0 || heldOut.length == 0) {
                throw InputException.data(
                        "%s has %d rows to train on and %d validation rows: split it first (nla data split %s)",
                        settings.data(), train.length, heldOut.length, settings.data());
            }
            return load(settings, data, train, heldOut);
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    private static void requireSameModel(RunSettings settings, ActivationDataset data) {
        ModelConfig model = ModelConfig.read(settings.model());
        if (model.hiddenSize() != data.dimension()) {
            throw InputException.data(
                    "%s holds activations of width %d but %s has width %d: they come from another model",
                    settings.data(), data.dimension(), settings.model(), model.hiddenSize());
        }
        model.checkLayer(data.sidecar().layer());
    }

    private static TrainingInputs load(RunSettings settings, ActivationDataset data, int[] train, int[] heldOut) {
        CenteringMean centering = data.centering(Split.TRAIN);
        Tokenizer tokenizer = Tokenizer.open(settings.model());
        try {
            Decoder decoder = Decoder.load(settings.model(), computeType(settings));
            return new TrainingInputs(settings, decoder, tokenizer, data, centering, train, heldOut);
        } catch (RuntimeException | Error e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Mean activation of the whole train split, {@code [d]}. */
    public float[] mean() {
        return centering.vector();
    }

    /** The layer whose activations the dataset holds. */
    public int layer() {
        return data.sidecar().layer();
    }

    /** Which activations those are, as far as the dataset says. */
    public ActivationOrigin origin() {
        return data.sidecar().origin();
    }

    /** Dataset rows for indices into {@link #trainRows()}. */
    public int[] trainRows(int[] indices) {
        return Arrays.stream(indices).map(i -> trainRows[i]).toArray();
    }

    /** Activations of dataset rows, {@code [n][d]}. */
    public float[][] activations(int[] rows) {
        return Arrays.stream(rows).mapToObj(data::activation).toArray(float[][]::new);
    }

    /**
     * How the decoder is called in training.
     *
     * @throws InputException where activations cannot be computed again because the adapter drops out
     */
    public Mode trainingMode(LoraAdapter adapter) {
        if (!settings.gradientCheckpointing()) {
            return Mode.TRAINING;
        }
        if (adapter.spec().dropout() > 0) {
            throw InputException.usage(
                    "gradient_checkpointing is true but the adapter has lora_dropout %s, which would drop other numbers the second time: set one of them off",
                    adapter.spec().dropout());
        }
        return Mode.RECOMPUTING;
    }

    /** Index into {@link #trainRows()} of a dataset row that is among them. */
    public int indexOf(int trainRow) {
        return Arrays.binarySearch(trainRows, trainRow);
    }

    /**
     * The nearest train rows of each train row, both as indices into {@link #trainRows()}.
     *
     * @param setting the setting that asks for {@code count} of them, for the error where there are too few rows
     * @param center subtracted before cosines are taken, {@code [d]}; empty for raw cosines
     * @return {@code [rows][count]}, nearest first
     */
    public int[][] nearestTrainRows(String setting, int count, Optional<float[]> center) {
        if (trainRows.length <= count) {
            throw InputException.data(
                    "%s is %d but %s has only %d rows to train on: set it below that, or add rows",
                    setting, count, data.folder(), trainRows.length);
        }
        int[][] found = new NeighborSearch(decoder.manager())
                .nearest(data, trainRows, trainRows, count, center)
                .nearest();
        return Arrays.stream(found)
                .map(rows -> Arrays.stream(rows).map(this::indexOf).toArray())
                .toArray(int[][]::new);
    }

    /** Has the engine compute with the threads asked for; before its first use. */
    public static void useThreads(RunSettings settings) {
        settings.threads().ifPresent(n -> System.setProperty("nla.threads", String.valueOf(n)));
    }

    /** What a run was made from. */
    public Provenance provenance(TrainConfig config) {
        return provenance(config, tokenizer, decoder.computeType());
    }

    /** What a run on this tokenizer and type was made from. */
    public static Provenance provenance(TrainConfig config, Tokenizer tokenizer, ComputeType type) {
        return Provenance.of(
                config,
                hashes(config, tokenizer),
                Map.of(
                        "torch",
                        TorchRuntime.version(),
                        COMPUTE_DTYPE,
                        type.text(),
                        "torch_threads",
                        String.valueOf(TorchRuntime.threads())));
    }

    private static Map<String, String> hashes(TrainConfig config, Tokenizer tokenizer) {
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put("model", Sha256.ofTree(config.run().model().resolve("config.json")));
        hashes.put("tokenizer", tokenizer.sha256());
        hashes.put("data", Sha256.ofTree(config.run().data()));
        if (config instanceof SftConfig sft) {
            sft.descriptions().ifPresent(file -> hashes.put("descriptions", Sha256.ofTree(file)));
        }
        return hashes;
    }

    /** The type asked for; where it is to be measured, a run that goes on keeps the type it was begun with. */
    public static ComputeType computeType(RunSettings settings) {
        Path record = settings.outputDir().resolve("run.json");
        if (settings.computeDtype() == ComputeDtype.AUTO && Files.exists(record)) {
            Optional<String> begun = Document.json(record).text("provenance.environment." + COMPUTE_DTYPE);
            return ComputeType.resolve(begun.orElse(ComputeDtype.AUTO.text()));
        }
        return ComputeType.resolve(settings.computeDtype().text());
    }

    private static int[] trainable(ActivationDataset data, TrainDocuments documents) {
        return Arrays.stream(data.rowsOf(Split.TRAIN))
                .filter(row -> documents.has(data.row(row).docId()))
                .toArray();
    }

    private static int[] limited(int[] rows, int limit) {
        return limit > 0 && limit < rows.length ? Arrays.copyOf(rows, limit) : rows;
    }

    @Override
    public void close() {
        decoder.close();
        tokenizer.close();
        data.close();
    }
}
