package dev.nla.train.session;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.gap.CenteringMean;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;
import dev.nla.train.config.run.TrainDocuments;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a run learns from and is judged by: rows with their activations, and the tokenizer that reads their texts. All that is needed to
 * choose rows, cut them into parts and count; the model is not.
 *
 * @param centering mean activation of the whole train split
 * @param trainRows dataset rows to train on, ascending
 * @param heldOutRows dataset rows of the validation split to evaluate on
 */
public record TrainingData(
        ActivationDataset dataset, Tokenizer tokenizer, CenteringMean centering, int[] trainRows, int[] heldOutRows)
        implements AutoCloseable {
    /** Opens dataset and tokenizer and checks that they belong to the model; the caller closes them. */
    static TrainingData open(RunSettings settings, ReportSettings report) {
        ActivationDataset dataset = ActivationDataset.open(settings.data());
        try {
            requireSameModel(settings, dataset);
            int[] train = limited(trainable(dataset, settings.trainDocuments()), settings.trainRows());
            int[] heldOut = limited(dataset.rowsOf(Split.VALIDATION), report.maxEvalRows());
            if (train.length == 0 || heldOut.length == 0) {
                throw InputException.data(
                        "%s has %d rows to train on and %d validation rows: split it first (nla data split %s)",
                        settings.data(), train.length, heldOut.length, settings.data());
            }
            CenteringMean centering = dataset.centering(Split.TRAIN);
            return new TrainingData(dataset, Tokenizer.open(settings.model().folder()), centering, train, heldOut);
        } catch (RuntimeException | Error e) {
            dataset.close();
            throw e;
        }
    }

    private static void requireSameModel(RunSettings settings, ActivationDataset dataset) {
        ModelConfig model = ModelConfig.read(settings.model().folder());
        if (model.hiddenSize() != dataset.dimension()) {
            throw InputException.data(
                    "%s holds activations of width %d but %s has width %d: they come from another model",
                    settings.data(), dataset.dimension(), settings.model(), model.hiddenSize());
        }
        model.checkLayer(dataset.sidecar().layer());
    }

    private static int[] trainable(ActivationDataset dataset, TrainDocuments documents) {
        return Arrays.stream(dataset.rowsOf(Split.TRAIN))
                .filter(row -> documents.has(dataset.row(row).docId()))
                .toArray();
    }

    private static int[] limited(int[] rows, int limit) {
        return limit > 0 && limit < rows.length ? Arrays.copyOf(rows, limit) : rows;
    }

    /** The dataset's folder. */
    public Path folder() {
        return dataset.folder();
    }

    /** Mean activation of the whole train split, {@code [d]}. */
    public float[] mean() {
        return centering.vector();
    }

    /** The layer whose activations these are. */
    public int layer() {
        return dataset.sidecar().layer();
    }

    /** Which activations those are, as far as the dataset says. */
    public ActivationOrigin origin() {
        return dataset.sidecar().origin();
    }

    /** A dataset row. */
    public Row row(int row) {
        return dataset.row(row);
    }

    /** The activation of a dataset row, {@code [d]}. */
    public float[] activation(int row) {
        return dataset.activation(row);
    }

    /** Activations of dataset rows, {@code [n][d]}. */
    public float[][] activations(int[] rows) {
        return Arrays.stream(rows).mapToObj(dataset::activation).toArray(float[][]::new);
    }

    /** Dataset rows for indices into {@link #trainRows()}. */
    public int[] trainRows(int[] indices) {
        return Arrays.stream(indices).map(i -> trainRows[i]).toArray();
    }

    /** Index into {@link #trainRows()} of a dataset row that is among them. */
    public int indexOf(int trainRow) {
        return Arrays.binarySearch(trainRows, trainRow);
    }

    /**
     * The nearest train rows of each train row, both as indices into {@link #trainRows()}.
     *
     * @param manager where they are searched
     * @param setting the setting that asks for {@code count} of them, for the error where there are too few rows
     * @param center subtracted before cosines are taken, {@code [d]}; empty for raw cosines
     * @return {@code [rows][count]}, nearest first
     */
    public int[][] nearestTrainRows(NDManager manager, String setting, int count, Optional<float[]> center) {
        if (trainRows.length <= count) {
            throw InputException.data(
                    "%s is %d but %s has only %d rows to train on: set it below that, or add rows",
                    setting, count, folder(), trainRows.length);
        }
        int[][] found = new NeighborSearch(manager)
                .nearest(dataset, trainRows, trainRows, count, center)
                .nearest();
        return Arrays.stream(found)
                .map(rows -> Arrays.stream(rows).map(this::indexOf).toArray())
                .toArray(int[][]::new);
    }

    @Override
    public void close() {
        tokenizer.close();
        dataset.close();
    }
}
