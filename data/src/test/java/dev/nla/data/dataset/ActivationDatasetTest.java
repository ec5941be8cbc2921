package dev.nla.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.testing.Datasets;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that datasets come back as they were written, and that files which do not belong together are refused by name. */
class ActivationDatasetTest {
    private static final float[][] VECTORS = {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}, {0, 0, 1}};

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() {
        folder = root.resolve("dataset");
        Datasets.write(folder, VECTORS);
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> ActivationDataset.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
    }

    private void replaceActivations(String name, long[] shape, float[] values) {
        SafetensorsWriter.write(
                folder.resolve("activations.safetensors"),
                Map.of(),
                List.of(TensorToWrite.floats(name, shape, values)));
    }

    @Test
    void whatWasWrittenIsRead() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThat(dataset.size()).isEqualTo(4);
            assertThat(dataset.dimension()).isEqualTo(3);
            assertThat(dataset.rows())
                    .isEqualTo(IntStream.range(0, 4).mapToObj(Datasets::row).toList());
            assertThat(dataset.activation(2)).containsExactly(7, 8, 10);
            assertThat(dataset.activations(new int[] {3, 0})).isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 2, 3}});
            assertThat(dataset.find("row-3")).hasValue(3);
            assertThat(dataset.find("row-4")).isEmpty();
            assertThat(dataset.rowsOf(Split.TRAIN)).containsExactly(0, 3);
            assertThat(dataset.mean(Split.TRAIN)).containsExactly(0.5f, 1, 2);
            dataset.checkFinite();
        }
    }

    @Test
    void rowsKeepEveryField() {
        Row row = new Row(
                "an id",
                "a doc",
                "text \"é\" 100 %",
                7,
                5,
                "c",
                "g",
                "d",
                Map.of("k", List.of(1, "x")),
                Split.TEST,
                Map.of("source", "web"));
        Path other = root.resolve("other");
        DatasetWriter.write(
                other,
                Datasets.sidecar(1, 2),
                List.of(new LabelledActivation(row, new float[] {1, 2})).iterator());
        try (ActivationDataset dataset = ActivationDataset.open(other)) {
            assertThat(dataset.row(0)).isEqualTo(row);
            assertThatThrownBy(() -> dataset.mean(Split.TRAIN))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no row is in split train");
        }
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.delete(folder.resolve("rows.jsonl"));
        refused("dataset: rows.jsonl is missing", "nla data extract");
        folder = root.resolve("nowhere");
        refused("nowhere: there is no such folder");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        replaceActivations("activations", new long[] {3, 3}, new float[9]);
        refused("rows.jsonl has 4 rows", "F32 [3, 3]");
        replaceActivations("activations", new long[] {4, 2}, new float[8]);
        refused("d_model 3", "F32 [4, 2]");
        replaceActivations("activations", new long[] {12}, new float[12]);
        refused("activations.safetensors", "F32 [12]");
        replaceActivations("vectors", new long[] {4, 3}, new float[12]);
        refused("activations.safetensors", "'activations'");
        SafetensorsWriter.write(
                folder.resolve("activations.safetensors"),
                Map.of(),
                List.of(TensorToWrite.bf16("activations", new long[] {4, 3}, new float[12])));
        refused("BF16 [4, 3] where F32 was expected");
    }

    @Test
    void aSidecarOfAnotherDatasetIsRefused() throws IOException {
        Path sidecar = folder.resolve("nla_meta.yaml");
        Files.writeString(sidecar, Files.readString(sidecar).replace("row_count: 4", "row_count: 5"));
        refused("row_count 5", "rows.jsonl has 4 rows");
    }

    @Test
    void truncatedActivationsAreRefused() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("activations.safetensors").toFile(), "rw")) {
            file.setLength(file.length() - 4);
        }
        refused("activations.safetensors");
    }

    @Test
    void faultyRowsAreNamedByLine() throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        String good = Files.readString(rows);
        Files.writeString(rows, good.replace("row-1", "row-0"));
        refused("rows.jsonl:2: id \"row-0\" stands on line 1 already");
        Files.writeString(rows, good.replaceFirst("\"position\":0", "\"position\":-1"));
        refused("rows.jsonl:1: position is -1");
        Files.writeString(rows, good.replaceFirst("\"train\"", "\"dev\""));
        refused("rows.jsonl:1: split is \"dev\"");
        Files.writeString(rows, good.replaceFirst(",\"split\":\"train\"", ""));
        refused("rows.jsonl:1: the row has no \"split\"", "nla data split");
    }

    @Test
    void notANumberIsNamedByRow() {
        float[] values = {1, 2, 3, 4, 5, 6, 7, Float.NaN, 9, 1, 2, Float.POSITIVE_INFINITY};
        replaceActivations("activations", new long[] {4, 3}, values);
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            assertThat(dataset.activation(1)).containsExactly(4, 5, 6);
            assertThatThrownBy(() -> dataset.activation(2))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("row 'row-2' (line 3) holds NaN at element 1");
            assertThatThrownBy(dataset::checkFinite).hasMessageContaining("row-2");
            assertThatThrownBy(() -> dataset.activation(3)).hasMessageContaining("Infinity at element 2");
        }
    }

    @Test
    void aWriterThatFailsLeavesNothingBehind() throws IOException {
        Path target = root.resolve("fresh");
        List<LabelledActivation> rows = new ArrayList<>(Datasets.labelled(VECTORS));
        rows.set(3, new LabelledActivation(Datasets.row(2), VECTORS[3]));
        fails(target, rows, "row 'row-2' comes twice");
        rows.set(3, new LabelledActivation(Datasets.row(3), new float[2]));
        fails(target, rows, "row 'row-3' has 2 numbers where 3 were expected");
        rows.set(3, new LabelledActivation(Datasets.row(3), new float[] {0, Float.NaN, 0}));
        fails(target, rows, "row 'row-3' holds NaN at element 1");
        Iterator<LabelledActivation> short1 = rows.subList(0, 3).iterator();
        assertThatThrownBy(() -> DatasetWriter.write(target, Datasets.sidecar(4, 3), short1))
                .isInstanceOf(IllegalStateException.class);
        Files.createDirectories(root.resolve(".fresh.writing/left by a killed process"));
        Iterator<LabelledActivation> sound = Datasets.labelled(VECTORS).iterator();
        DatasetWriter.write(target, Datasets.sidecar(4, 3), sound);
        AtomicFiles.deleteTree(target);
        try (var left = Files.list(root)) {
            assertThat(left).containsExactly(folder);
        }
    }

    @Test
    void rowsThatCannotBeReadBackGiveNoDataset() {
        Row row = new Row("r", "r", "t", 0, 1, "", "", "", Map.of(), Split.TRAIN, Map.of("category", List.of(5)));
        List<LabelledActivation> rows = List.of(new LabelledActivation(row, new float[3]));
        Path target = root.resolve("fresh");
        assertThatThrownBy(() -> DatasetWriter.write(target, Datasets.sidecar(1, 3), rows.iterator()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(
                        "fresh: cannot be written: read back", "not whole: rows.jsonl:1: category is [5]");
        assertThat(root.toFile().list()).containsExactly("dataset");
    }

    private void fails(Path target, List<LabelledActivation> rows, String message) {
        assertThatThrownBy(() -> DatasetWriter.write(target, Datasets.sidecar(4, 3), rows.iterator()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
