package dev.nla.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.nla.data.digest.Sha256;
import dev.nla.data.neighbors.Among;
import dev.nla.data.neighbors.DatasetNeighbors;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.split.StoredSplit;
import dev.nla.data.testing.Datasets;
import dev.nla.data.text.DescribedFile;
import dev.nla.model.InputException;
import dev.nla.model.gap.CenteringMean;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.workers.Workers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that a dataset in shards reads as the same rows in one pair of files do, and that a fault in one of its files is named. */
class ShardedDatasetTest {
    private static final int ROWS = 23;
    private static final int WIDTH = 4;

    @TempDir
    private Path root;

    private Path folder;
    private Path pair;

    @BeforeEach
    void write() {
        folder = root.resolve("shards");
        pair = root.resolve("pair");
        Datasets.write(folder, vectors(), 5);
        Datasets.write(pair, vectors(), 23);
    }

    private static float[][] vectors() {
        Random random = new Random(3);
        float[][] vectors = new float[ROWS][WIDTH];
        for (float[] vector : vectors) {
            for (int k = 0; k < WIDTH; k++) {
                vector[k] = random.nextFloat() - 0.5f;
            }
        }
        return vectors;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> ActivationDataset.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
    }

    private void editIndex(String from, String to) throws IOException {
        Path index = folder.resolve("activations.safetensors.index.json");
        String before = Files.readString(index);
        assertThat(before).contains(from);
        Files.writeString(index, before.replace(from, to));
    }

    @Test
    void moreRowsThanAShardHoldsComeIntoShards() throws IOException {
        assertThat(names(folder))
                .contains(
                        "activations-00001-of-00005.safetensors",
                        "activations-00005-of-00005.safetensors",
                        "activations.safetensors.index.json",
                        "nla_meta.yaml",
                        "rows-00001-of-00005.jsonl",
                        "rows-00005-of-00005.jsonl",
                        "rows-table.safetensors")
                .hasSize(13);
        assertThat(names(pair)).containsExactly("activations.safetensors", "nla_meta.yaml", "rows.jsonl");
    }

    @Test
    void shardsReadAsOnePairOfFilesDoes() {
        try (ActivationDataset shards = ActivationDataset.open(folder);
                ActivationDataset whole = ActivationDataset.open(pair)) {
            assertThat(shards.size()).isEqualTo(ROWS);
            assertThat(shards.dimension()).isEqualTo(WIDTH);
            assertThat(shards.rows()).isEqualTo(whole.rows());
            for (int row = 0; row < ROWS; row++) {
                assertThat(shards.activation(row)).isEqualTo(whole.activation(row));
                assertThat(shards.find("row-" + row)).hasValue(row);
            }
            assertThat(shards.find("row-23")).isEmpty();
            for (Split split : Split.values()) {
                assertThat(shards.rowsOf(split)).isEqualTo(whole.rowsOf(split));
                assertThat(shards.centering(split)).usingRecursiveComparison().isEqualTo(whole.centering(split));
            }
            shards.checkFinite();
            shards.verify();
        }
    }

    @Test
    void theMeanOfTheTrainRowsIsTakenFromTheIndex() throws IOException {
        editIndex("\"left_out\" : 0", "\"left_out\" : 7");
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThat(dataset.centering(Split.TRAIN).leftOut()).isEqualTo(7);
        }
    }

    @Test
    void theHashIsThatOfTheIndex() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            String index = Sha256.of(folder.resolve("activations.safetensors.index.json"));
            assertThat(dataset.sha256()).isEqualTo(index);
            assertThat(ActivationDataset.sha256Of(folder))
                    .isEqualTo(Sha256.ofTree(folder.resolve("activations.safetensors.index.json")));
            assertThat(ActivationDataset.sha256Of(pair)).isEqualTo(Sha256.ofTree(pair));
        }
    }

    @Test
    void newSplitsReplaceTheRowsAndTheMeanAndNothingElse() throws IOException {
        DocumentSplit split = new DocumentSplit(5, new SplitRatios(0.5, 0.3, 0.2));
        List<Split> drawn = StoredSplit.draw(folder, split);
        assertThat(StoredSplit.draw(pair, split)).isEqualTo(drawn);
        assertThat(names(folder))
                .hasSize(13)
                .contains("rows-00001-of-00005.v2.jsonl", "rows-table.v2.safetensors")
                .doesNotContain("rows-00001-of-00005.jsonl", "rows-table.safetensors");
        try (ActivationDataset shards = ActivationDataset.open(folder);
                ActivationDataset whole = ActivationDataset.open(pair)) {
            assertThat(shards.rows()).isEqualTo(whole.rows());
            assertThat(shards.centering(Split.TRAIN))
                    .usingRecursiveComparison()
                    .isEqualTo(CenteringMean.of(
                            whole.rowsOf(Split.TRAIN).length, i -> whole.activation(whole.rowsOf(Split.TRAIN)[i])));
            shards.verify();
        }
    }

    @Test
    void rowsThatAKilledProcessLeftAreNotReadAndGoWithTheNextOnes() throws IOException {
        Files.writeString(folder.resolve("rows-00001-of-00005.v2.jsonl"), "half");
        Files.writeString(folder.resolve("rows-00001-of-00005.v9.jsonl"), "older");
        try (ActivationDataset shards = ActivationDataset.open(folder)) {
            assertThat(shards.row(0)).isEqualTo(Datasets.row(0));
        }
        StoredSplit.draw(folder, new DocumentSplit(5, SplitRatios.DEFAULT));
        assertThat(names(folder)).hasSize(13);
    }

    @Test
    void neighboursAreThoseOfTheSameRowsInOnePairOfFiles() {
        try (ActivationDataset shards = ActivationDataset.open(folder);
                ActivationDataset whole = ActivationDataset.open(pair)) {
            assertThat(neighbors(shards)).isEqualTo(neighbors(whole));
        }
    }

    private static DatasetNeighbors neighbors(ActivationDataset data) {
        return DatasetNeighbors.find(Workers.here(), Device.cpu(), data, 4, Among.SPLIT);
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        Files.delete(folder.resolve("activations-00003-of-00005.safetensors"));
        refused(
                "activations-00003-of-00005.safetensors: is missing, but activations.safetensors.index.json names it",
                "download");
    }

    @Test
    void missingRowsAreNamed() throws IOException {
        Files.delete(folder.resolve("rows-00002-of-00005.jsonl"));
        refused("rows-00002-of-00005.jsonl: is missing");
    }

    @Test
    void aTruncatedShardIsNamed() throws IOException {
        for (String name : List.of("rows-00004-of-00005.jsonl", "activations-00005-of-00005.safetensors")) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                file.setLength(file.length() - 4);
            }
            refused(name + ": has ", " bytes where activations.safetensors.index.json says");
        }
    }

    @Test
    void aWrongHashIsFoundWhenAllIsRead() throws IOException {
        for (String name : List.of("activations-00002-of-00005.safetensors", "rows-00004-of-00005.jsonl")) {
            byte[] before = Files.readAllBytes(folder.resolve(name));
            write(folder.resolve(name), -3, "7");
            try (ActivationDataset dataset = ActivationDataset.open(folder)) {
                assertThatThrownBy(dataset::verify)
                        .isInstanceOf(InputException.class)
                        .hasMessageContainingAll(name + ": its SHA-256 is ", "changed or damaged");
            }
            Files.write(folder.resolve(name), before);
        }
        write(folder.resolve("rows-table.safetensors"), -1, "x");
        refused("rows-table.safetensors: its SHA-256 is ");
    }

    @Test
    void descriptionsAreWrittenInPlaceAsThoseOfOnePairOfFilesAre() {
        for (Path each : List.of(folder, pair)) {
            DescribedFile rows = DescribedFile.read(each.resolve("rows.jsonl"));
            rows.requireUnchanged("again");
            rows.writeReplaced(each.resolve("rows.jsonl"), new int[] {3, 17}, List.of("three", ""));
        }
        try (ActivationDataset shards = ActivationDataset.open(folder);
                ActivationDataset whole = ActivationDataset.open(pair)) {
            assertThat(shards.rows()).isEqualTo(whole.rows());
            assertThat(shards.row(3).description()).isEqualTo("three");
            assertThat(shards.row(17).description()).isEmpty();
            shards.verify();
        }
    }

    private static void write(Path file, int at, String text) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() + at);
            bytes.writeBytes(text);
        }
    }

    @Test
    void shardsOfOtherWidthsAreRefused() throws IOException {
        Path other = root.resolve("other");
        SafetensorsWriter.write(
                other.resolve("x.safetensors"),
                Map.of("format", "pt"),
                List.of(TensorToWrite.floats("activations", new long[] {4, 5}, new float[20])));
        Files.copy(
                other.resolve("x.safetensors"),
                folder.resolve("activations-00002-of-00005.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        refused("activations-00002-of-00005.safetensors", "F32 [4, 5]", "F32 [5, 4]", "not of one dataset");
    }

    @Test
    void anIndexThatDisagreesIsNamedByItsKey() throws IOException {
        editIndex("\"first_row\" : 10", "\"first_row\" : 11");
        refused("activations.safetensors.index.json: shards[2].first_row is 11: expected 10");
        editIndex("\"first_row\" : 11", "\"first_row\" : 10");
        editIndex("\"row_count\" : 3", "\"row_count\" : 4");
        refused("shards hold 24 rows: expected 23, as metadata.rows says");
        editIndex("\"row_count\" : 4", "\"row_count\" : 6");
        refused("shards[4].row_count is 6: expected 5");
        editIndex("\"row_count\" : 6", "\"row_count\" : 3");
        editIndex("\"format\" : 2", "\"format\" : 3");
        refused("metadata.format is 3: expected 2");
        editIndex("\"format\" : 3", "\"format\" : 2");
        editIndex("rows-00003-of-00005.jsonl", "../rows.jsonl");
        refused("shards[2].rows.file is \"../rows.jsonl\": expected the name of a file beside it");
        editIndex("../rows.jsonl", "rows-00003-of-00005.jsonl");
        editIndex("\"d_model\" : 4", "\"d_model\" : 5");
        refused("train_mean.vector is [", "expected a list of 5 numbers");
    }

    @Test
    void aSidecarOfAnotherDatasetIsRefused() throws IOException {
        Path sidecar = folder.resolve("nla_meta.yaml");
        Files.writeString(sidecar, Files.readString(sidecar).replace("row_count: 23", "row_count: 24"));
        refused("row_count 24", "rows 23");
    }

    @Test
    void anIndexBesideOneFileOfAllActivationsIsRefused() throws IOException {
        Files.copy(pair.resolve("activations.safetensors"), folder.resolve("activations.safetensors"));
        refused("holds activations.safetensors and an index of shards");
    }

    @Test
    void tooManyAndTooFewRowsAreRefused() {
        for (int rows : new int[] {22, 24}) {
            Path other = root.resolve("of-" + rows);
            List<LabelledActivation> labelled = IntStream.range(0, rows)
                    .mapToObj(i -> new LabelledActivation(Datasets.row(i), new float[WIDTH]))
                    .toList();
            assertThatThrownBy(() -> DatasetWriter.write(other, Datasets.sidecar(ROWS, WIDTH), labelled.iterator(), 5))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(other).doesNotExist();
        }
    }
}
