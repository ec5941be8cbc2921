package dev.nla.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.testing.Datasets;
import dev.nla.exchange.parquet.ColumnType;
import dev.nla.exchange.parquet.ParquetFile;
import dev.nla.exchange.parquet.ParquetRows;
import dev.nla.exchange.parquet.ParquetWriter;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.sidecar.MarkerTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects exported files: the rows that were asked for in their order, exactly the keys that the other side takes, all or nothing. */
class ExportTest {
    private static final MarkerTokens MARKER = new MarkerTokens("●", 7, OptionalLong.of(1), OptionalLong.of(2));
    private static final KitftPrompts PROMPTS =
            new KitftPrompts("What is {injection_char}?", Optional.of("Read {explanation} now"), MARKER, List.of(8L));

    @TempDir
    private Path folder;

    @Test
    void manyRowsKeepTheirOrderInSeveralRowGroups() {
        int rows = 2 * ParquetWriter.ROW_GROUP + 100;
        float[][] vectors = new float[rows][];
        for (int i = 0; i < rows; i++) {
            vectors[i] = new float[] {i, 1f / (i + 1), -i};
        }
        Datasets.write(folder.resolve("data"), vectors);
        Path output = folder.resolve("out");
        try (ActivationDataset dataset = ActivationDataset.open(folder.resolve("data"))) {
            int[] chosen = IntStream.range(0, rows).filter(i -> i % 3 != 1).toArray();
            List<Export.Written> written = base().publish(dataset, chosen, output);
            assertThat(written).containsExactly(new Export.Written(output.resolve("base.parquet"), chosen.length));
            try (ParquetFile file = ParquetFile.open(output.resolve("base.parquet"));
                    ParquetRows cursor =
                            file.read(Map.of("activation_vector", ColumnType.VECTOR, "sample_uuid", ColumnType.TEXT))) {
                for (int row : chosen) {
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.vector("activation_vector", 3, "test")).containsExactly(vectors[row]);
                    assertThat(cursor.text("sample_uuid")).isEqualTo("row-" + row);
                }
                assertThat(cursor.next()).isFalse();
            }
        }
        assertThat(output).isDirectoryContaining(file -> file.endsWith("base.parquet.nla_meta.yaml"));
    }

    @Test
    void sidecarsHaveExactlyTheKeysThatKitftTakes() {
        Datasets.write(folder.resolve("data"), new float[5][4]);
        try (ActivationDataset dataset = ActivationDataset.open(folder.resolve("data"))) {
            new KitftExport(List.of(KitftStage.AR_SFT), Optional.of(PROMPTS), Clock.systemUTC())
                    .publish(dataset, new int[] {0, 4}, folder.resolve("out"));
        }
        Document sidecar = Document.yaml(folder.resolve("out/ar_sft.parquet.nla_meta.yaml"));
        assertThat(sidecar.tree().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "dataset_id",
                        "stage",
                        "row_count",
                        "extraction",
                        "kind",
                        "schema_version",
                        "keep_debug_metadata",
                        "tokens",
                        "prompt_templates",
                        "parent_datasets",
                        "created_at",
                        "created_by",
                        "git_commit");
        assertThat(sidecar.tree().get("extraction").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "base_model", "d_model", "layer_index", "norm", "corpus", "corpus_slice", "positions_per_doc");
        assertThat(sidecar.tree().get("tokens").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "injection_char",
                        "injection_token_id",
                        "injection_left_neighbor_id",
                        "injection_right_neighbor_id",
                        "critic_suffix_ids");
        assertThat(sidecar.requiredInteger("row_count", 0, 9)).isEqualTo(2);
    }

    @Test
    void rowsWithoutTextsOrDescriptionsLackTheirColumns() {
        try (ActivationDataset dataset = dataset(row(0, "", "says"), row(1, "text", ""))) {
            List<KitftStage> both = List.of(KitftStage.AV_SFT, KitftStage.BASE);
            List<Export.Written> written = new KitftExport(both, Optional.of(PROMPTS), Clock.systemUTC())
                    .publish(dataset, new int[] {0, 1}, folder.resolve("out"));
            assertThat(written).extracting(Export.Written::rows).containsExactly(2, 1);
            try (ParquetFile base = ParquetFile.open(folder.resolve("out/base.parquet"));
                    ParquetFile answers = ParquetFile.open(folder.resolve("out/av_sft.parquet"))) {
                assertThat(base.columns()).doesNotContain("detokenized_text_truncated", "api_explanation");
                assertThat(answers.columns()).contains("prompt", "response");
            }
            refused(
                    dataset,
                    new KitftExport(List.of(KitftStage.AR_SFT), Optional.of(PROMPTS), Clock.systemUTC()),
                    new int[] {1},
                    "no row has a description");
            refused(dataset, base(), new int[0], "no rows to export");
        }
    }

    @Test
    void trainingStagesNeedPromptsThatPythonCanFill() {
        for (KitftStage stage : List.of(KitftStage.AV_SFT, KitftStage.AR_SFT, KitftStage.RL)) {
            assertThatThrownBy(() -> new KitftExport(List.of(stage), Optional.empty(), Clock.systemUTC()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll("stage " + stage.label(), "prompts");
        }
        KitftPrompts asking = new KitftPrompts("{injection_char}", Optional.empty(), MARKER, List.of());
        assertThatThrownBy(() -> new KitftExport(List.of(KitftStage.AR_SFT), Optional.of(asking), Clock.systemUTC()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("ar_sft", "reconstructor");
        assertThatThrownBy(() -> new KitftPrompts("{\"a\": {injection_char}}", Optional.empty(), MARKER, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("braces");
    }

    @Test
    void atHomeNeedsToKnowHowDeepTheModelIs() throws IOException {
        try (ActivationDataset dataset = dataset(row(0, "text", "says"), row(1, "text", ""))) {
            refused(dataset, new AtHomeExport(OptionalInt.empty()), new int[] {0}, "how many layers");
            List<Export.Written> written =
                    new AtHomeExport(OptionalInt.of(30)).publish(dataset, new int[] {1, 0}, folder.resolve("out"));
            assertThat(written)
                    .containsExactly(
                            new Export.Written(folder.resolve("out/test-model_L3.pt"), 2),
                            new Export.Written(folder.resolve("out/descriptions_L10pct.json"), 1));
            refused(dataset, base(), new int[] {0}, folder.resolve("data"), "is not empty");
            refused(dataset, base(), new int[] {0}, folder.resolve("out"), "is not empty");
            Path file = Files.writeString(folder.resolve("file"), "x");
            refused(dataset, base(), new int[] {0}, file, "is a file");
        }
    }

    private static KitftExport base() {
        return new KitftExport(List.of(KitftStage.BASE), Optional.empty(), Clock.systemUTC());
    }

    private static Row row(int i, String text, String description) {
        return new Row("r" + i, "d" + i, text, 0, 0, "", "", description, Map.of(), Split.TRAIN);
    }

    private ActivationDataset dataset(Row... rows) {
        DatasetSidecar sidecar = Datasets.sidecar(rows.length, 2);
        DatasetWriter.write(
                folder.resolve("data"),
                sidecar,
                List.of(rows).stream()
                        .map(row -> new LabelledActivation(row, new float[] {1, 2}))
                        .iterator());
        return ActivationDataset.open(folder.resolve("data"));
    }

    private void refused(ActivationDataset dataset, Export export, int[] rows, String said) {
        Path output = folder.resolve("refused");
        refused(dataset, export, rows, output, said);
        assertThat(output).doesNotExist();
        assertThat(folder.resolve(".refused.writing")).doesNotExist();
    }

    private static void refused(ActivationDataset dataset, Export export, int[] rows, Path output, String said) {
        assertThatThrownBy(() -> export.publish(dataset, rows, output))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(said);
    }
}
