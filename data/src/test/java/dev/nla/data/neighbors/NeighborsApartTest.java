package dev.nla.data.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.split.StoredSplit;
import dev.nla.data.testing.Datasets;
import dev.nla.model.InputException;
import dev.nla.model.testing.WorkersApart;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects the search by workers that open the dataset themselves: neighbours and cosines are the same to the last bit, and other rows are noticed. */
class NeighborsApartTest {
    private static final int ROWS = 7000;

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() {
        folder = root.resolve("dataset");
        Random random = new Random(1);
        float[][] vectors = new float[ROWS][6];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (2 + random.nextGaussian());
            }
        }
        Datasets.write(folder, vectors, 3000);
    }

    private static WorkersApart workers() {
        return new WorkersApart(WorkerSetup.withoutModel(), 2);
    }

    @ParameterizedTest
    @EnumSource
    void neighboursAreThoseThatOneProcessFinds(Among among) {
        try (ActivationDataset dataset = ActivationDataset.open(folder);
                WorkersApart apart = workers()) {
            DatasetNeighbors alone = DatasetNeighbors.find(Workers.here(), Device.cpu(), dataset, 5, among);
            assertThat(DatasetNeighbors.find(apart, Device.cpu(), dataset, 5, among))
                    .isEqualTo(alone);
            assertThat(apart.jobs()).isEqualTo(2);
        }
    }

    /** How many rows a dataset has. */
    private record Counting() implements PartWork<SharedDataset, Integer> {
        @Override
        public Integer on(SharedDataset part) {
            return part.use(ActivationDataset::size);
        }
    }

    @Test
    void aWorkerThatFindsOtherRowsSaysSo() {
        try (ActivationDataset dataset = ActivationDataset.open(folder);
                WorkersApart apart = workers()) {
            Parts<SharedDataset> parts = Parts.of(List.of(new SharedDataset(dataset)), each -> each);
            assertThat(apart.all(new Counting(), parts)).containsExactly(ROWS);
            StoredSplit.draw(folder, new DocumentSplit(5, SplitRatios.DEFAULT));
            assertThatThrownBy(() -> apart.all(new Counting(), parts))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("same folder on all machines");
        }
    }
}
