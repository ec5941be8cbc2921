package dev.nla.data.neighbors;

import ai.djl.Device;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.model.InputException;
import dev.nla.model.parts.Piece;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.List;
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
    /** Queries of a part, so that it is worth the opening of the dataset, and most of them. */
    private static final int LEAST = 1024;

    private static final int MOST = 16_384;

    /**
     * Searches a dataset.
     *
     * @param workers do the work; other processes find the dataset in a folder of the same path. Neighbours are the same however the work is
     *     cut, so that this process, alone, is given all at once, for each pair of rows to be compared once
     * @param device where products are computed
     * @param dataset where the rows are; for the mean it needs train rows
     * @param k neighbours a row
     * @param among which rows may be neighbours
     * @throws InputException where a split (or the dataset) has rows, but fewer than {@code k + 1}
     */
    public static DatasetNeighbors find(Workers workers, Device device, ActivationDataset dataset, int k, Among among) {
        float[] mean = dataset.mean(Split.TRAIN);
        List<Queries> queries = new ArrayList<>();
        if (among == Among.ALL) {
            queries.addAll(cut(workers, Optional.empty(), dataset.size()));
        } else {
            for (Split split : Split.values()) {
                int rows = dataset.rowsOf(split).length;
                if (rows > 0) {
                    checkEnough(dataset, split, rows, k);
                    queries.addAll(cut(workers, Optional.of(split), rows));
                }
            }
        }
        SharedDataset data = new SharedDataset(dataset);
        int n = dataset.size();
        return new DatasetNeighbors(
                among,
                found(workers, new SearchRows(data, device, k, Optional.empty()), queries, n),
                found(workers, new SearchRows(data, device, k, Optional.of(mean)), queries, n));
    }

    private static List<Queries> cut(Workers workers, Optional<Split> split, int rows) {
        int many = workers.partsAtOnce();
        int size = many == 1 ? rows : Math.min(MOST, Math.max(LEAST, (rows + many - 1) / many));
        return Piece.cut(rows, size, rows).stream()
                .map(piece -> new Queries(split, piece))
                .toList();
    }

    private static Neighbors found(Workers workers, SearchRows search, List<Queries> queries, int n) {
        int k = search.k();
        Neighbors all = new Neighbors(IntStream.range(0, n).toArray(), new int[n][k], new float[n][k]);
        workers.each(search, Parts.of(queries, each -> each), part -> copy(part, all));
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
