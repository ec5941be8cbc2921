package dev.nla.data.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.split.StoredSplit;
import dev.nla.data.testing.Datasets;
import dev.nla.model.InputException;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the neighbours kept beside a dataset: inside splits, by both rules, and never used for other rows. */
class NeighborFileTest {
    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() {
        folder = root.resolve("dataset");
        Random random = new Random(1);
        float[][] vectors = new float[60][4];
        for (float[] vector : vectors) {
            for (int i = 0; i < 4; i++) {
                vector[i] = (float) (3 + random.nextGaussian());
            }
        }
        Datasets.write(folder, vectors);
    }

    private static DatasetNeighbors find(ActivationDataset dataset, int k, Among among) {
        return DatasetNeighbors.find(Workers.here(), Device.cpu(), dataset, k, among);
    }

    @Test
    void whatWasWrittenIsRead() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            for (Among among : Among.values()) {
                DatasetNeighbors found = find(dataset, 6, among);
                NeighborFile.write(dataset, found);
                assertThat(NeighborFile.read(dataset)).isEqualTo(found);
                assertThat(found.raw()).isNotEqualTo(found.centered());
            }
        }
    }

    @Test
    void neighboursStayInTheirSplit() {
        try (ActivationDataset dataset = ActivationDataset.open(folder);
                NDManager manager = TorchRuntime.newManager(Device.cpu())) {
            DatasetNeighbors found = find(dataset, 5, Among.SPLIT);
            for (int row = 0; row < 60; row++) {
                for (int neighbor : found.raw().nearest()[row]) {
                    assertThat(dataset.row(neighbor).split())
                            .isEqualTo(dataset.row(row).split());
                }
            }
            int[] test = dataset.rowsOf(Split.TEST);
            Neighbors centered =
                    new NeighborSearch(manager).nearest(dataset, test, test, 5, Optional.of(dataset.mean(Split.TRAIN)));
            for (int i = 0; i < test.length; i++) {
                assertThat(found.centered().nearest()[test[i]]).isEqualTo(centered.nearest()[i]);
            }
        }
    }

    @Test
    void splitsThatAreTooSmallAreNamed() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThatThrownBy(() -> find(dataset, 20, Among.SPLIT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("split train has 20 rows but 20 nearest neighbours need at least 21");
            assertThat(find(dataset, 20, Among.ALL).k()).isEqualTo(20);
        }
    }

    @Test
    void aFileOfOtherSplitsIsStale() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThatThrownBy(() -> NeighborFile.read(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("neighbors.safetensors: is missing");
            NeighborFile.write(dataset, find(dataset, 3, Among.SPLIT));
        }
        StoredSplit.draw(folder, new DocumentSplit(1, SplitRatios.DEFAULT));
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThatThrownBy(() -> NeighborFile.read(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("was made for other rows or splits");
        }
    }
}
