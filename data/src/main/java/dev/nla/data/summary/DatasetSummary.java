package dev.nla.data.summary;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.model.gap.CenteringMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A dataset at a glance.
 *
 * @param rows how many activations
 * @param documents how many documents they are from
 * @param dimension length of an activation
 * @param layer the block they are outputs of
 * @param baseModel the model they are from
 * @param splits rows by split; every split has an entry
 * @param categories rows by category and split, categories in alphabetical order; "" where a row has none
 * @param norms L2 norms of the activations
 * @param cosineToMean cosines of the activations to their mean: near 1 where raw cosines say little
 * @param descriptionLengths characters of the descriptions, of the rows that have one
 * @param duplicateTexts rows whose text an earlier row has too, at the same position
 * @param duplicateActivations rows whose activation an earlier row has too, bit for bit
 * @param leakingDocuments documents with rows in more than one split, in the order of the rows; empty in a sound dataset
 */
public record DatasetSummary(
        int rows,
        int documents,
        int dimension,
        int layer,
        String baseModel,
        Map<Split, Integer> splits,
        Map<String, Map<Split, Integer>> categories,
        Spread norms,
        Spread cosineToMean,
        Spread descriptionLengths,
        int duplicateTexts,
        int duplicateActivations,
        List<String> leakingDocuments) {
    /** Reads the activations of a dataset twice, once for the mean, and its rows once, one by one. */
    public static DatasetSummary of(ActivationDataset dataset) {
        RowCounts counts = new RowCounts();
        dataset.rows().forEach(counts::take);
        ActivationStatistics statistics = ActivationStatistics.of(dataset);
        return new DatasetSummary(
                dataset.size(),
                counts.documents(),
                dataset.dimension(),
                dataset.sidecar().layer(),
                dataset.sidecar().baseModel(),
                counts.splits(),
                counts.categories(),
                statistics.norms(),
                statistics.cosineToMean(),
                counts.descriptionLengths(),
                counts.duplicateTexts(),
                statistics.duplicates(),
                counts.leakingDocuments());
    }

    /** What a user should know before centred cosines of a dataset are trusted: rows far from the others, a mean that rests on few. */
    public static List<String> warnings(ActivationDataset dataset) {
        int[] train = dataset.rowsOf(Split.TRAIN);
        CenteringMean all = dataset.centering(IntStream.range(0, dataset.size()).toArray());
        Optional<String> few =
                train.length == 0 ? Optional.empty() : dataset.centering(train).fewRows();
        return Stream.of(all.farRows(), few).flatMap(Optional::stream).toList();
    }
}
