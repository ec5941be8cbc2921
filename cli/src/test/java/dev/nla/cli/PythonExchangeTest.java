package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects trade in both directions: Python reads what was written here, and what Python writes is read here, to the bit. Where the machine
 * has checkouts of kitft's and nla-at-home's repositories, their own code does the reading.
 */
@Tag("peers")
class PythonExchangeTest {
    private static final Path KITFT = Fixtures.golden("interop/kitft");
    private static final Path AT_HOME = Fixtures.golden("interop/nla-at-home");

    @TempDir
    private Path folder;

    private static Peers peers;

    @BeforeAll
    static void find() {
        peers = Peers.installed();
    }

    @Test
    void pyarrowAndWeReadEachOthersTables() {
        Path exported = exportedForKitft();
        Path written = folder.resolve("written");
        List<String> names = run("parquet_exchange.py", KITFT, exported, written);
        assertThat(names).hasSize(7);
        try (ActivationDataset expected = ActivationDataset.open(folder.resolve("kitft"))) {
            for (String name : names) {
                Path output = folder.resolve("from " + name);
                succeeded(Outcome.of("data", "import", written.resolve(name + ".parquet"), "--output", output));
                assertSameVectors(name, output, expected);
            }
        }
    }

    @Test
    void torchAndWeReadEachOthersFiles() {
        Path golden = AT_HOME.resolve("smollm2-135m_L21.pt");
        Path exported = exportedForAtHome();
        Path written = folder.resolve("written");
        List<String> names =
                run("torch_exchange.py", golden, exported.resolve("smollm2-135m-instruct_L21.pt"), written);
        assertThat(names).hasSize(15);
        try (ActivationDataset expected = ActivationDataset.open(folder.resolve("at-home"))) {
            for (String name : names) {
                Path output = folder.resolve("from " + name.replace('/', '-'));
                Outcome outcome = Outcome.of("data", "import", written.resolve(name + ".pt"), "--output", output);
                if (name.startsWith("same/")) {
                    succeeded(outcome);
                    assertSameVectors(name, output, expected);
                } else {
                    refused(outcome, FAILED, name + ".pt");
                    System.out.println("refused: " + outcome.err().strip());
                    assertThat(output).doesNotExist();
                }
            }
        }
        assertThat(written.resolve("was_run")).doesNotExist();
    }

    @Test
    void kitftsOwnCodeReadsTablesAndSidecars() throws IOException {
        Path repository = Peers.checkout("NLA_KITFT", "nla/datagen/sidecar.py");
        TinyRuns runs = TinyRuns.in(folder.resolve("runs"));
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer(
                "max_steps=1", "av_template=Read <c>{injection_char}</c> and explain.", "chat_template=true"));
        Path exported = folder.resolve("exported");
        succeeded(Outcome.of(
                "data",
                "export",
                runs.at("data"),
                "--format",
                "kitft",
                "--stage",
                "base,av_sft,ar_sft,rl",
                "--prompts",
                runs.at("av/adapter"),
                "--prompts",
                runs.at("ar/adapter"),
                "--model",
                runs.at("model"),
                "--output",
                exported));
        List<String> said = run(
                "kitft_reads.py", repository, runs.at("model"), exported, runs.at("av/adapter"), runs.at("ar/adapter"));
        assertThat(said.stream().filter(line -> line.startsWith("sidecar: "))).hasSize(6);
        assertThat(said).anyMatch(line -> line.startsWith("shuffled 120 rows"));
        for (String name : List.of("shuffled.parquet", "split/rl_raw.parquet")) {
            Path output = folder.resolve("from " + name.replace('/', '-'));
            succeeded(Outcome.of("data", "import", exported.resolve(name), "--output", output));
        }
    }

    @Test
    void atHomesOwnScriptsReadActivationsAndDescriptions() {
        Path repository = Peers.checkout("NLA_AT_HOME", "scripts/train_av.py");
        List<String> said = run("at_home_reads.py", repository, exportedForAtHome(), "smollm2-135m-instruct", 21);
        assertThat(said).contains("pairs: 48 (48, 576)");
        assertThat(said).anyMatch(line -> line.startsWith("overview: ") && line.contains("'n_layers': 30"));
    }

    private List<String> run(String script, Object... arguments) {
        return peers.run(PythonScript.in(folder, script), arguments);
    }

    private Path exportedForKitft() {
        Path dataset = folder.resolve("kitft");
        Path output = folder.resolve("for kitft");
        succeeded(Outcome.of("data", "import", KITFT.resolve("ar_sft.parquet"), "--output", dataset));
        succeeded(Outcome.of(
                "data",
                "export",
                dataset,
                "--format",
                "kitft",
                "--stage",
                "base,av_sft,ar_sft,rl",
                "--output",
                output));
        return output;
    }

    private Path exportedForAtHome() {
        Path dataset = folder.resolve("at-home");
        Path output = folder.resolve("for at home");
        succeeded(Outcome.of(
                "data",
                "import",
                AT_HOME.resolve("smollm2-135m_L21.pt"),
                AT_HOME.resolve("descriptions_L72pct.json"),
                "--output",
                dataset));
        succeeded(Outcome.of("data", "export", dataset, "--format", "nla-at-home", "--output", output));
        return output;
    }

    private static void assertSameVectors(String name, Path found, ActivationDataset expected) {
        try (ActivationDataset dataset = ActivationDataset.open(found)) {
            assertThat(dataset.size()).as(name).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(dataset.activation(i)).as("%s, row %d", name, i).isEqualTo(expected.activation(i));
                assertThat(dataset.row(i).id()).isEqualTo(expected.row(i).id());
            }
        }
    }
}
