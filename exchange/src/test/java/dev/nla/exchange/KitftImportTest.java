package dev.nla.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects the import of kitft's parquet files: what their builder may write is read, and anything else is refused in one line that names
 * file and column, with nothing left behind.
 */
class KitftImportTest {
    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeftHalfWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void readsListsOfAnySizeAndWidth() {
        Path floats = MadeParquet.base(folder).write("floats.parquet", MadeParquet.GOOD);
        Path doubles =
                MadeParquet.base(folder).write("doubles.parquet", "activation_vector", "activation_vector::DOUBLE[]");
        Path fixed =
                MadeParquet.base(folder).write("fixed.parquet", "activation_vector", "activation_vector::FLOAT[2]");
        Path small = MadeParquet.base(folder).write("small.parquet", "n_raw_tokens", "n_raw_tokens::SMALLINT");
        for (Path file : List.of(floats, doubles, fixed, small)) {
            try (ActivationDataset dataset = imported(false, file)) {
                assertThat(dataset.activation(2)).containsExactly(2, 0.5f);
                Row row = dataset.row(2);
                assertThat(row.id()).isEqualTo("doc2#11");
                assertThat(row.docId()).isEqualTo("doc2");
                assertThat(row.position()).isEqualTo(11);
                assertThat(row.nRawTokens()).isEqualTo(12);
                assertThat(row.text()).isEqualTo("text 2");
            }
        }
    }

    @Test
    void keepsTheOrderOfManyRowGroupsAndADocumentInOneSplit() {
        int rows = 9_000;
        Path file = new MadeParquet(folder, "base", rows, 2)
                .write(
                        "many.parquet",
                        "SELECT 'doc' || (i // 4) AS doc_id, i + 1 AS n_raw_tokens, [i, -i]::FLOAT[] AS activation_vector"
                                + " FROM range(" + rows + ") t(i)");
        try (ActivationDataset dataset = imported(false, file)) {
            Map<String, Object> splits = new HashMap<>();
            for (int i = 0; i < rows; i++) {
                assertThat(dataset.activation(i)).containsExactly(i, -i);
                Row row = dataset.row(i);
                assertThat(splits.computeIfAbsent(row.docId(), document -> row.split()))
                        .isEqualTo(row.split());
            }
            assertThat(splits.values().stream().distinct()).hasSize(3);
        }
    }

    @Test
    void takesWildcardsInNamesAsTheyAre() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("run [1] *?"));
        Path file = MadeParquet.base(odd).write("it's.parquet", "doc_id", "doc_id");
        Files.copy(file, odd.resolve("its.parquet"));
        try (ActivationDataset dataset = imported(false, file)) {
            assertThat(dataset.size()).isEqualTo(3);
        }
    }

    @Test
    void joinsFilesOfOneModelAndLayer() {
        Path one = MadeParquet.base(folder).write("one.parquet", MadeParquet.GOOD);
        Path two = new MadeParquet(folder, "av_sft", 3, 2)
                .write(
                        "two.parquet",
                        "SELECT * REPLACE ('more' || doc_id AS doc_id), '<explanation>\nsays ' || doc_id || '\n</explanation>'"
                                + " AS response FROM (" + MadeParquet.GOOD + ")");
        try (ActivationDataset dataset = imported(false, one, two)) {
            assertThat(dataset.size()).isEqualTo(6);
            assertThat(dataset.row(5).description()).isEqualTo("says doc2");
            assertThat(dataset.row(0).description()).isEmpty();
            assertThat(dataset.sidecar().stage()).isEqualTo("base");
        }
        refused("already", List.of("one.parquet", "doc0#9"), one, one);
        Path narrow =
                new MadeParquet(folder, "base", 3, 1).write("narrow.parquet", "activation_vector", "[1]::FLOAT[]");
        refused("one by one", List.of("narrow.parquet", "length 1", "length 2"), one, narrow);
    }

    @Test
    void rowsWithoutDocumentsNeedAWord() {
        Path file = MadeParquet.base(folder)
                .write("alone.parquet", "SELECT * EXCLUDE (doc_id) FROM (" + MadeParquet.GOOD + ")");
        refused("rows_are_documents", List.of("alone.parquet", "'doc_id' is missing"), file);
        try (ActivationDataset dataset = imported(true, file)) {
            assertThat(dataset.rows()).extracting(Row::docId).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "activation_vector | CASE i WHEN 1 THEN NULL ELSE activation_vector END | row 2: column 'activation_vector' is null",
                "activation_vector | CASE i WHEN 1 THEN [1, NULL] ELSE [1, 2] END::FLOAT[] | row 2: column 'activation_vector' holds null at element 1",
                "activation_vector | CASE i WHEN 2 THEN ['nan'::FLOAT, 1] ELSE [1, 2] END::FLOAT[] | row 3: column 'activation_vector' holds NaN at element 0",
                "activation_vector | CASE i WHEN 2 THEN [1, '-inf'::FLOAT] ELSE [1, 2] END::FLOAT[] | row 3: column 'activation_vector' holds -Infinity",
                "activation_vector | CASE i WHEN 1 THEN [1] ELSE [1, 2] END::FLOAT[] | row 2: column 'activation_vector' has 1 numbers but d_model in bad.parquet.nla_meta.yaml says 2",
                "activation_vector | [1, 2, 3]::FLOAT[] | row 1: column 'activation_vector' has 3 numbers but d_model",
                "activation_vector | ['a', 'b'] | column 'activation_vector' holds VARCHAR[] where lists of float32 was expected",
                "activation_vector | 1.5::FLOAT | column 'activation_vector' holds FLOAT where",
                "activation_vector | [[1.5]]::FLOAT[][] | column 'activation_vector' holds FLOAT[][] where",
                "doc_id | CASE i WHEN 0 THEN NULL ELSE doc_id END | row 1: column 'doc_id' is null",
                "doc_id | '' | row 1: its document or id is empty",
                "doc_id | 5 | column 'doc_id' holds INTEGER where text was expected",
                "n_raw_tokens | 0 | row 1: column 'n_raw_tokens' is 0 where a count of at least 1",
                "n_raw_tokens | 1.5 | column 'n_raw_tokens' holds DECIMAL(2,1) where whole numbers",
                "activation_layer | 4 | row 1: column 'activation_layer' is 4 but layer_index in bad.parquet.nla_meta.yaml is 3",
                "detokenized_text_truncated | NULL::VARCHAR | row 1: column 'detokenized_text_truncated' is null",
                "doc_id | concat('same', i // 2 * 0) | already"
            })
    void unfitValuesAreNamedByRowAndColumn(String column, String expression, String said) {
        String numbered =
                "SELECT i, * FROM (SELECT (row_number() OVER () - 1) AS i, * FROM (" + MadeParquet.GOOD + "))";
        String unique = expression.startsWith("concat") ? ", 7 AS n_raw_tokens" : "";
        Path file = MadeParquet.base(folder)
                .write(
                        "bad.parquet",
                        "SELECT * EXCLUDE (i) REPLACE (" + expression + " AS " + column + unique + ") FROM (" + numbered
                                + ")");
        refused(said, List.of("bad.parquet"), file);
    }

    @ParameterizedTest
    @CsvSource({"base, activation_vector", "base, n_raw_tokens", "base, doc_id", "av_sft, response", "ar_sft, prompt"})
    void missingColumnsAreNamed(String stage, String column) {
        String without = column.equals("response") || column.equals("prompt") ? "" : " EXCLUDE (" + column + ")";
        Path file = new MadeParquet(folder, stage, 3, 2)
                .write("bad.parquet", "SELECT *" + without + " FROM (" + MadeParquet.GOOD + ")");
        refused("column '" + column + "' is missing; it has ", List.of("bad.parquet"), file);
    }

    @Test
    void descriptionsMustStandBetweenTheirTags() {
        Path answers = new MadeParquet(folder, "av_sft", 3, 2)
                .write("bad.parquet", "SELECT *, 'no tags' AS response FROM (" + MadeParquet.GOOD + ")");
        refused("row 1: column 'response' has no description", List.of("bad.parquet", "</explanation>"), answers);
        Path prompts = new MadeParquet(folder, "ar_sft", 3, 2)
                .write("bad.parquet", "SELECT *, 'Read <text> </text> now' AS prompt FROM (" + MadeParquet.GOOD + ")");
        refused("row 1: column 'prompt' has no description", List.of("bad.parquet"), prompts);
    }

    @Test
    void aTemplateMayEndInTheDescription() throws IOException {
        Path file = new MadeParquet(folder, "ar_sft", 3, 2)
                .write("ends.parquet", "SELECT *, 'Read </text> it now' AS prompt FROM (" + MadeParquet.GOOD + ")");
        Path sidecar = folder.resolve("ends.parquet.nla_meta.yaml");
        Files.writeString(
                sidecar,
                Files.readString(sidecar).replace("Read <text>{explanation}</text> now", "Read {explanation}"));
        try (ActivationDataset dataset = imported(false, file)) {
            assertThat(dataset.row(0).description()).isEqualTo("</text> it now");
        }
    }

    @Test
    void sidecarsMustBeThereAndFit() throws IOException {
        Path file = MadeParquet.base(folder).write("bad.parquet", MadeParquet.GOOD);
        Path sidecar = folder.resolve("bad.parquet.nla_meta.yaml");
        String good = Files.readString(sidecar);
        Files.writeString(sidecar, good.replace("row_count: 3", "row_count: 4"));
        refused("has 3 rows but row_count in bad.parquet.nla_meta.yaml is 4", List.of("bad.parquet"), file);
        Files.writeString(sidecar, good.replace("stage: base", "stage: rl_v2"));
        refused(
                "stage is 'rl_v2', expected one of base, av_sft, ar_sft, rl",
                List.of("bad.parquet.nla_meta.yaml"),
                file);
        Files.writeString(sidecar, good.replace("norm: none", "norm: unit"));
        refused("extraction.norm", List.of("bad.parquet.nla_meta.yaml", "raw"), file);
        Files.delete(sidecar);
        refused("its sidecar bad.parquet.nla_meta.yaml is missing", List.of("bad.parquet"), file);
    }

    @Test
    void filesThatAreNoWholeParquetAreRefused() throws IOException {
        Path file = MadeParquet.base(folder).write("bad.parquet", MadeParquet.GOOD);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 100, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused("is not a whole parquet file", List.of("bad.parquet", "copy or write it again"), file);
        }
        refused("there is no such file", List.of("gone.parquet"), folder.resolve("gone.parquet"));
        Path empty = new MadeParquet(folder, "base", 0, 2)
                .write("empty.parquet", "SELECT * FROM (" + MadeParquet.GOOD + ") LIMIT 0");
        refused("no rows", List.of("made"), empty);
    }

    private ActivationDataset imported(boolean rowsAreDocuments, Path... files) {
        Path output = folder.resolve("dataset " + files[0].getFileName() + files.length + rowsAreDocuments);
        try (ForeignRows rows = KitftRows.open(List.of(files), rowsAreDocuments, Optional.empty())) {
            new DatasetImport(new DocumentSplit(0, SplitRatios.DEFAULT), Clock.systemUTC()).run(rows, output);
        }
        return ActivationDataset.open(output);
    }

    private void refused(String said, List<String> more, Path... files) {
        Path output = folder.resolve("refused");
        assertThatThrownBy(() -> {
                    try (ForeignRows rows = KitftRows.open(List.of(files), false, Optional.empty())) {
                        new DatasetImport(new DocumentSplit(0, SplitRatios.DEFAULT), Clock.systemUTC())
                                .run(rows, output);
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining(said)
                .hasMessageContainingAll(more.toArray(CharSequence[]::new))
                .message()
                .doesNotContain("\n");
        assertThat(output).doesNotExist();
    }
}
