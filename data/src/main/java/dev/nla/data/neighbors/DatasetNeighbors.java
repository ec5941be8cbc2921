package dev.nla.data.neighbors;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.model.InputException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The nearest neighbours of every row of a dataset by both rules.
 *
 * @param among which rows may be neighbours
 * @param raw by cosine of the activations as they are, [N][k]
 * @param centered by cosine after the train split's mean is subtracted, [N][k]
 */
public record DatasetNeighbors(Among among, Neighbors raw, Neighbors centered) {
    /**
     * Searches a dataset.
     *
     * @param search does the work
     * @param dataset where the rows are; for the mean it needs train rows
     * @param k neighbours a row
     * @param among which rows may be neighbours
     * @throws InputException where a split (or the dataset) has rows, but fewer than {@code k + 1}
     */
    public static DatasetNeighbors find(NeighborSearch search, ActivationDataset dataset, int k, Among among) {
        float[] mean = dataset.mean(Split.TRAIN);
        return new DatasetNeighbors(
                among,
                find(search, dataset, k, among, Optional.empty()),
                find(search, dataset, k, among, Optional.of(mean)));
    }

    private static Neighbors find(
            NeighborSearch search, ActivationDataset dataset, int k, Among among, Optional<float[]> center) {
        if (among == Among.ALL) {
            return search.nearest(dataset, k, center);
        }
        int n = dataset.size();
        Neighbors all = new Neighbors(IntStream.range(0, n).toArray(), new int[n][k], new float[n][k]);
        for (Split split : Split.values()) {
            int[] rows = dataset.rowsOf(split);
            if (rows.length > 0) {
                checkEnough(dataset, split, rows.length, k);
                copy(search.nearest(dataset, rows, rows, k, center), all);
            }
        }
        return all;
    }

    private static void checkEnough(ActivationDataset dataset, Split split, int rows, int k) {
        if (rows <= k) {
            throw InputException.data(
                    "%s: split %s has %d rows but %d nearest neighbours need at least %d: ask for fewer, or among all rows",
                    dataset.folder(), split.label(), rows, k, k + 1);
        }
    }

    private static void copy(Neighbors part, Neighbors whole) {
        for (int i = 0; i < part.queries().length; i++) {
            int row = part.queries()[i];
            whole.nearest()[row] = part.nearest()[i];
            whole.cosines()[row] = part.cosines()[i];
        }
    }

    /** How many neighbours each row has. */
    public int k() {
        return raw.k();
    }
}
