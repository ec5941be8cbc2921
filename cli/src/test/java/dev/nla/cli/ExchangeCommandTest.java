package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.exchange.pickle.TorchFile;
import dev.nla.exchange.pickle.TorchRows;
import dev.nla.exchange.pickle.TorchTensor;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects the way of a dataset from kitft's and nla-at-home's files to ours and back, through the command line: the files are golden,
 * made with those projects' own code.
 */
class ExchangeCommandTest {
    private static final Path KITFT = Fixtures.golden("interop/kitft");
    private static final Path AT_HOME = Fixtures.golden("interop/nla-at-home");
    private static final int ROWS = 48;
    private static final int WIDTH = 576;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"base", "av_sft", "ar_sft", "rl"})
    void everyStageOfKitftsGivesTheSameVectors(String stage) {
        Path output = folder.resolve(stage);
        Outcome outcome = Outcome.of("data", "import", KITFT.resolve(stage + ".parquet"), "--output", output);
        succeeded(outcome);
        assertThat(outcome.out()).contains("48 activations of block 21 of HuggingFaceTB/SmolLM2-135M-Instruct, 576");
        try (ActivationDataset dataset = ActivationDataset.open(output);
                TorchFile raw = TorchFile.open(KITFT.resolve("activations_raw.pt"))) {
            assertThat(dataset.sidecar().stage()).isEqualTo(stage);
            TorchRows expected = raw.rows((TorchTensor) raw.content());
            for (int i = 0; i < ROWS; i++) {
                assertThat(dataset.activation(i)).as("row %d", i).isEqualTo(expected.row(i));
            }
            Row row = dataset.row(1);
            assertThat(row.docId()).isEqualTo("fb-mo-GDP (purchasing power parity)");
            assertThat(row.nRawTokens()).isEqualTo(44);
            assertThat(row.text()).startsWith("$252.4 billion (2014 est.)");
            boolean described = stage.endsWith("_sft");
            assertThat(row.description()).startsWith(described ? "• Country profile: Morocco, africa\n•" : "");
            assertThat(row.description().isEmpty()).isEqualTo(!described);
            assertThat(dataset.rows())
                    .extracting(Row::split)
                    .doesNotContainNull()
                    .hasSize(ROWS);
        }
        succeeded(Outcome.of("data", "inspect", output));
    }

    @Test
    void kitftsFilesComeBackAsTheyWere() {
        succeeded(Outcome.of("data", "import", KITFT.resolve("ar_sft.parquet"), "--output", folder.resolve("one")));
        succeeded(Outcome.of(
                "data",
                "export",
                folder.resolve("one"),
                "--format",
                "kitft",
                "--stage",
                "base,av_sft,ar_sft,rl",
                "--output",
                folder.resolve("files")));
        for (String stage : List.of("base", "av_sft", "ar_sft", "rl")) {
            Path again = folder.resolve("again-" + stage);
            Path file = folder.resolve("files").resolve(stage + ".parquet");
            succeeded(Outcome.of("data", "import", file, "--output", again));
            assertSameRows(folder.resolve("one"), again, !stage.equals("rl"));
        }
    }

    @Test
    void atHomeFilesComeBackAsTheyWere() {
        Path one = folder.resolve("one");
        succeeded(Outcome.of(
                "data",
                "import",
                AT_HOME.resolve("smollm2-135m_L21.pt"),
                AT_HOME.resolve("descriptions_L72pct.json"),
                "--output",
                one));
        Path files = folder.resolve("files");
        succeeded(Outcome.of("data", "export", one, "--format", "nla-at-home", "--output", files));
        Path again = folder.resolve("again");
        succeeded(Outcome.of(
                "data",
                "import",
                files.resolve("smollm2-135m-instruct_L21.pt"),
                files.resolve("descriptions_L70pct.json"),
                "--output",
                again));
        assertSameRows(one, again, true);
        try (ActivationDataset dataset = ActivationDataset.open(one)) {
            assertThat(dataset.row(0).id()).isEqualTo("wn-13903832");
            assertThat(dataset.row(0).category()).isEqualTo("dictionary");
            assertThat(dataset.row(0).others()).containsKey("summary");
            assertThat(dataset.sidecar().layer()).isEqualTo(21);
        }
    }

    @Test
    void foldersMayHaveAnyName() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("it's; a=b&c#d%41? é* {x} [y] \"$~:"));
        Path given = odd.resolve("ar;'sft.parquet");
        Files.copy(KITFT.resolve("ar_sft.parquet"), given);
        Files.copy(KITFT.resolve("ar_sft.parquet.nla_meta.yaml"), odd.resolve("ar;'sft.parquet.nla_meta.yaml"));
        succeeded(Outcome.of("data", "import", given, "--output", odd.resolve("one;")));
        succeeded(Outcome.of(
                "data", "export", odd.resolve("one;"), "--format", "kitft", "--output", odd.resolve("files;")));
        succeeded(Outcome.of(
                "data", "import", odd.resolve("files;").resolve("base.parquet"), "--output", odd.resolve("again;")));
        assertSameRows(odd.resolve("one;"), odd.resolve("again;"), true);
        Path slanted = folder.resolve("a\\b");
        Spoiled.refused(
                Outcome.of("data", "export", odd.resolve("one;"), "--format", "kitft", "--output", slanted),
                Spoiled.FAILED,
                "a\\b",
                "choose a folder without");
    }

    @Test
    void oneLayerOfSeveralInHalfPrecision() {
        Path file = AT_HOME.resolve("smollm2-135m_multi.pt");
        Outcome outcome = Outcome.of("data", "import", file, "--output", folder.resolve("none"));
        Spoiled.refused(outcome, Spoiled.USAGE, "smollm2-135m_multi.pt", "[7, 21]", "--layer");
        for (int layer : List.of(7, 21)) {
            Path output = folder.resolve("layer-" + layer);
            succeeded(Outcome.of("data", "import", file, "--layer", layer, "--output", output));
            try (ActivationDataset dataset = ActivationDataset.open(output)) {
                assertThat(dataset.size()).isEqualTo(8);
                assertThat(dataset.dimension()).isEqualTo(WIDTH);
                assertThat(dataset.sidecar().layer()).isEqualTo(layer);
            }
        }
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }

    private static void assertSameRows(Path left, Path right, boolean descriptions) {
        try (ActivationDataset one = ActivationDataset.open(left);
                ActivationDataset other = ActivationDataset.open(right)) {
            assertThat(other.size()).isEqualTo(one.size());
            for (int i = 0; i < one.size(); i++) {
                assertThat(other.activation(i)).isEqualTo(one.activation(i));
                assertThat(shown(other.row(i), descriptions)).isEqualTo(shown(one.row(i), descriptions));
            }
        }
    }

    private static Map<String, Object> shown(Row row, boolean descriptions) {
        return Map.of(
                "id", row.id(),
                "doc_id", row.docId(),
                "text", row.text(),
                "description", descriptions ? row.description() : "",
                "category", row.category(),
                "others", row.others(),
                "split", row.split());
    }
}
