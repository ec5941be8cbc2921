package dev.nla.data.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.testing.Datasets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the numbers a dataset is judged by at a glance, on datasets small enough to count by hand. */
class DatasetSummaryTest {
    @TempDir
    private Path root;

    @Test
    void countsAndSpreadsAreThoseCountedByHand() {
        Path folder = root.resolve("four");
        Datasets.write(folder, new float[][] {{3, 4}, {0, 5}, {3, 4}, {0, 10}});
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            DatasetSummary summary = DatasetSummary.of(dataset);
            assertThat(summary.rows()).isEqualTo(4);
            assertThat(summary.documents()).isEqualTo(4);
            assertThat(summary.splits()).isEqualTo(Map.of(Split.TRAIN, 2, Split.VALIDATION, 1, Split.TEST, 1));
            assertThat(summary.categories().get("even")).isEqualTo(Map.of(Split.TRAIN, 1, Split.TEST, 1));
            assertThat(summary.norms()).isEqualTo(new Spread(4, 6.25, Math.sqrt(75 / 16.0), 5, 5, 10));
            // The mean is (1.5, 5.75): cosines (4.5 + 23) / (5 m) twice and 5.75 / m twice, m its norm.
            double m = Math.hypot(1.5, 5.75);
            assertThat(summary.cosineToMean().mean()).isCloseTo((5.5 + 5.75) / 2 / m, within(1e-7));
            assertThat(summary.cosineToMean().max()).isCloseTo(5.75 / m, within(1e-7));
            assertThat(summary.descriptionLengths().mean()).isEqualTo("description 1".length());
            assertThat(summary.duplicateActivations()).isEqualTo(1);
            assertThat(summary.duplicateTexts()).isZero();
            assertThat(summary.leakingDocuments()).isEmpty();
        }
    }

    @Test
    void leaksAndDuplicateTextsAreFound() {
        Path folder = root.resolve("leak");
        List<LabelledActivation> rows = List.of(
                labelled("a", "d", "same", Split.TRAIN),
                labelled("b", "d", "same", Split.TEST),
                labelled("c", "e", "other", Split.TEST));
        DatasetWriter.write(folder, Datasets.sidecar(3, 1), rows.iterator());
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            DatasetSummary summary = DatasetSummary.of(dataset);
            assertThat(summary.leakingDocuments()).containsExactly("d");
            assertThat(summary.duplicateTexts()).isEqualTo(1);
            assertThat(summary.duplicateActivations()).isEqualTo(2);
            assertThat(summary.descriptionLengths().count()).isZero();
        }
    }

    private static LabelledActivation labelled(String id, String document, String text, Split split) {
        Row row = new Row(id, document, text, 0, 1, "", "", "", Map.of(), split);
        return new LabelledActivation(row, new float[] {1});
    }
}
