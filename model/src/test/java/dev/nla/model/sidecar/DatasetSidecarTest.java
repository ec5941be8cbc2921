package dev.nla.model.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the reading of dataset sidecars as kitft's data generation writes them, and their round trip. */
class DatasetSidecarTest {
    private static final String KITFT = """
            dataset_id: fixture-rl
            stage: rl
            row_count: 48
            extraction:
              base_model: HuggingFaceTB/SmolLM2-135M-Instruct
              d_model: 576
              layer_index: 21
              norm: none
              corpus: wordnet+factbook+sotu
              corpus_slice:
                start: 0
                length: 48
              positions_per_doc: 1
            kind: nla_dataset
            schema_version: 1
            keep_debug_metadata: true
            tokens:
              injection_char: "\\u25CF"
              injection_token_id: 27098
              injection_left_neighbor_id: 46
              injection_right_neighbor_id: 9617
              critic_suffix_ids:
              - 2692
              - 46
            prompt_templates:
              actor: 'You are a meticulous AI researcher.

                <concept>{injection_char}</concept>'
              critic: 'Summary of the following text: <text>{explanation}</text> <summary>'
            parent_datasets: []
            created_at: '2026-11-22T00:00:00+00:00'
            created_by: fixtures
            git_commit: '0000000'
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve("nla_meta.yaml");
    }

    @Test
    void readsWhatKitftWrites() throws IOException {
        DatasetSidecar sidecar = read(KITFT);
        assertThat(sidecar.rowCount()).isEqualTo(48);
        assertThat(sidecar.baseModel()).isEqualTo("HuggingFaceTB/SmolLM2-135M-Instruct");
        assertThat(sidecar.dModel()).isEqualTo(576);
        assertThat(sidecar.layer()).isEqualTo(21);
        assertThat(sidecar.marker().orElseThrow().text()).isEqualTo("●");
        assertThat(sidecar.suffixIds()).containsExactly(2692L, 46L);
        assertThat(sidecar.reconstructorTemplate().orElseThrow()).endsWith("<summary>");
        assertThat(sidecar.other())
                .containsEntry("git_commit", "0000000")
                .containsEntry("parent_datasets", List.of())
                .containsKey("extraction");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        DatasetSidecar sidecar = read(KITFT);
        sidecar.write(file);
        assertThat(DatasetSidecar.read(file)).isEqualTo(sidecar);
        DatasetSidecar plain = DatasetSidecar.of("glosses", 0, "model", 16, 3, Map.of("created_by", "nla"));
        plain.write(file);
        assertThat(DatasetSidecar.read(file)).isEqualTo(plain);
    }

    @Test
    void liesInAFolderOrBesideAFile() throws IOException {
        Path parquet = Files.createFile(folder.resolve("rl.parquet"));
        assertThat(DatasetSidecar.fileOf(parquet)).isEqualTo(folder.resolve("rl.parquet.nla_meta.yaml"));
        assertThat(DatasetSidecar.fileOf(folder)).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: nla_dataset|kind: nla_model|kind is \"nla_model\"",
                "norm: none|norm: l2|extraction.norm is \"l2\"",
                "row_count: 48|row_count: -1|row_count is -1",
                "d_model: 576|d_model: 0|extraction.d_model is 0",
                "layer_index: 21|layer_index: x|extraction.layer_index is \"x\"",
                "layer_index: 21|layers: 21|extraction.layer_index is missing",
                "base_model: H|base: H|extraction.base_model is missing",
                "{explanation}|{text}|{explanation} exactly once",
            })
    void whatIsWrongIsNamedWithFileKeyAndValue(String right, String wrong, String complaint) {
        assertThatThrownBy(() -> read(KITFT.replace(right, wrong)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("nla_meta.yaml", complaint)
                .message()
                .doesNotContain("\n");
    }

    private DatasetSidecar read(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return DatasetSidecar.read(file);
    }
}
