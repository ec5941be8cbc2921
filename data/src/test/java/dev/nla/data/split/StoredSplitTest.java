package dev.nla.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.testing.Datasets;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that a stored split changes the splits and nothing else. */
class StoredSplitTest {
    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() {
        folder = root.resolve("dataset");
        Datasets.write(folder, new float[30][2]);
    }

    @Test
    void rowsChangeNothingButTheirSplit() {
        List<Split> drawn = StoredSplit.draw(folder, new DocumentSplit(5, SplitRatios.DEFAULT));
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThat(dataset.rows()).extracting(Row::split).containsExactlyElementsOf(drawn);
            assertThat(dataset.rowsOf(Split.TRAIN)).hasSize(24);
            assertThat(dataset.sidecar().other().get("split"))
                    .isEqualTo(Map.of(
                            "by",
                            "document",
                            "seed",
                            5,
                            "ratios",
                            Map.of("train", 0.8, "validation", 0.1, "test", 0.1)));
            for (int i = 0; i < 30; i++) {
                assertThat(dataset.row(i)).isEqualTo(Datasets.row(i).in(drawn.get(i)));
            }
        }
    }

    @Test
    void rowsWithoutSplitsAreGivenSome() throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, Files.readString(rows).replaceAll(",\"split\":\"\\w+\"", ""));
        StoredSplit.draw(folder, new DocumentSplit(5, SplitRatios.DEFAULT));
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThat(dataset.rowsOf(Split.TEST)).hasSize(3);
        }
    }

    @Test
    void aFolderWithoutRowsIsRefused() {
        assertThatThrownBy(() -> StoredSplit.draw(root.resolve("none"), new DocumentSplit(0, SplitRatios.DEFAULT)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rows.jsonl");
    }
}
