package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects every reader: each kind of file is spoiled in many ways, drawn from a seed, and a command that reads it ends in time, with a
 * result or with lines that say what is wrong, and leaves nothing half-written.
 */
@Tag("abuse")
@TestInstance(Lifecycle.PER_CLASS)
class MutatedFilesTest {
    private static final int TIMES = 48;
    private static final Path TARGET = Path.of(System.getProperty("nla.root"), "cli", "target", "abuse");

    @TempDir
    static Path folder;

    private final Campaign campaign = new Campaign("mutated-files");
    private TinyRuns runs;

    /**
     * A file to spoil.
     *
     * @param original the folder it lies in
     * @param file its name there
     * @param command what reads it, given the spoiled folder
     */
    record Victim(Path original, String file, Function<Path, List<Object>> command) {
        @Override
        public String toString() {
            return original.getFileName() + "/" + file;
        }
    }

    @BeforeAll
    void makeOneOfEverything() throws IOException {
        runs = TinyRuns.in(folder);
        runs.all();
        succeeded(Outcome.of("data", "neighbors", runs.at("data"), "--k", 5));
        Files.createDirectories(runs.at("texts"));
        Files.copy(runs.at("texts.jsonl"), runs.at("texts/texts.jsonl"));
        Files.createDirectories(runs.at("said"));
        succeeded(gap(runs.at("data"), runs.at("ar/adapter"), "--save-descriptions", runs.at("said/said.jsonl")));
        succeeded(suite("suite"));
        Files.createDirectories(runs.at("settings"));
        Files.copy(runs.at("av/config.yaml"), runs.at("settings/sft.yaml"));
    }

    List<Victim> victims() {
        List<Victim> victims = new ArrayList<>();
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            victims.add(new Victim(runs.at("model"), file, model -> describe(model, runs.at("av/adapter"))));
        }
        for (String file : List.of(
                "adapter_config.json", "adapter_model.safetensors", "nla_meta.yaml", "injection_mean.safetensors")) {
            victims.add(new Victim(runs.at("av/adapter"), file, adapter -> describe(runs.at("model"), adapter)));
        }
        for (String file : List.of("adapter_config.json", "adapter_model.safetensors", "nla_meta.yaml")) {
            victims.add(new Victim(
                    runs.at("ar/adapter"),
                    file,
                    adapter -> gapLine(runs.at("data"), adapter, "--descriptions", runs.at("said/said.jsonl"))));
        }
        for (String file : List.of("rows.jsonl", "activations.safetensors", "nla_meta.yaml")) {
            victims.add(new Victim(runs.at("data"), file, data -> List.of("data", "inspect", data)));
            victims.add(new Victim(
                    runs.at("data"),
                    file,
                    data -> gapLine(data, runs.at("ar/adapter"), "--descriptions", runs.at("said/said.jsonl"))));
        }
        victims.add(new Victim(
                runs.at("data"),
                "neighbors.safetensors",
                data -> line("train", "hardneg", "--dry-run", "model=" + runs.at("model"), "data=" + data)));
        victims.add(new Victim(
                runs.at("texts"),
                "texts.jsonl",
                texts -> line(
                        "data",
                        "extract",
                        "--model",
                        runs.at("model"),
                        "--texts",
                        texts.resolve("texts.jsonl"),
                        "--layer",
                        2,
                        "--output",
                        output())));
        victims.add(new Victim(
                runs.at("said"),
                "said.jsonl",
                said -> gapLine(runs.at("data"), runs.at("ar/adapter"), "--descriptions", said.resolve("said.jsonl"))));
        for (String file : List.of("suite.json", "scores.csv", "descriptions.jsonl")) {
            victims.add(new Victim(
                    runs.at("suite"),
                    file,
                    suite -> line("eval", "compare", suite, runs.at("suite"), "--resamples", 100)));
            victims.add(
                    new Victim(runs.at("suite"), file, suite -> line("eval", "report", suite, "--output", output())));
        }
        victims.add(new Victim(
                runs.at("settings"), "sft.yaml", settings -> line("config", "validate", settings.resolve("sft.yaml"))));
        victims.add(new Victim(
                Fixtures.golden("interop/nla-at-home"),
                "smollm2-135m_L21.pt",
                files -> line("data", "import", files.resolve("smollm2-135m_L21.pt"), "--output", output())));
        victims.add(new Victim(
                Fixtures.golden("interop/nla-at-home"),
                "descriptions_L72pct.json",
                files -> line(
                        "data",
                        "import",
                        files.resolve("smollm2-135m_L21.pt"),
                        files.resolve("descriptions_L72pct.json"),
                        "--output",
                        output())));
        for (String file : List.of("av_sft.parquet", "av_sft.parquet.nla_meta.yaml")) {
            victims.add(new Victim(
                    Fixtures.golden("interop/kitft"),
                    file,
                    files -> line("data", "import", files.resolve("av_sft.parquet"), "--output", output())));
        }
        victims.add(new Victim(
                Fixtures.golden("llama"),
                "golden.safetensors",
                model -> line(
                        "model",
                        "check",
                        "--model",
                        Fixtures.golden("llama"),
                        "--golden",
                        model.resolve("golden.safetensors"))));
        victims.add(new Victim(
                Fixtures.golden("llama/adapter"),
                "adapter_config.json",
                adapter -> line("adapter", "inspect", adapter)));
        victims.add(new Victim(
                Fixtures.golden("llama/adapter"),
                "adapter_model.safetensors",
                adapter ->
                        line("adapter", "merge", adapter, "--model", Fixtures.golden("llama"), "--output", output())));
        return victims;
    }

    @ParameterizedTest
    @MethodSource("victims")
    void aSpoiledFileIsReadOrRefused(Victim victim) throws IOException {
        Mutations mutations = new Mutations(Campaign.SEED ^ victim.toString().hashCode());
        byte[] sound = Files.readAllBytes(victim.original().resolve(victim.file()));
        Path copy = new Spoiled(folder).copy(victim.original());
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            Files.write(copy.resolve(victim.file()), mutations.of(sound));
            String what = victim + ", attempt " + i;
            Outcome outcome = Campaign.within(what, victim.command().apply(copy).toArray());
            Campaign.fault(outcome).ifPresent(fault -> faults.add(what + ": " + fault));
            if (outcome.code() != 0 && isResult(output())) {
                faults.add(what + ": refused, and yet a result was left: " + outcome.err());
            }
            campaign.count(outcome.code() == 0 ? "read" : "refused");
            AtomicFiles.deleteTree(output());
        }
        assertThat(faults).isEmpty();
    }

    @AfterAll
    void tell() {
        campaign.finish(TARGET);
    }

    /** What is there under its final name would be taken for complete. */
    private static boolean isResult(Path output) {
        return Stream.of("nla_meta.yaml", "model.safetensors", "report.html")
                .anyMatch(file -> Files.exists(output.resolve(file)));
    }

    private static Path output() {
        return folder.resolve("output");
    }

    private List<Object> describe(Path model, Path adapter) {
        return line(
                "describe", "--model", model, "--verbalizer", adapter, "--text", "one river", "--max-new-tokens", 4);
    }

    private Outcome gap(Path data, Path reconstructor, Object... more) {
        List<Object> line = gapLine(data, reconstructor, more);
        line.addAll(List.of("--verbalizer", runs.at("av/adapter"), "--max-new-tokens", 4));
        return Outcome.of(line.toArray());
    }

    private List<Object> gapLine(Path data, Path reconstructor, Object... more) {
        List<Object> line =
                line("eval", "gap", "--model", runs.at("model"), "--data", data, "--reconstructor", reconstructor);
        line.addAll(List.of(more));
        return line;
    }

    private Outcome suite(String name) {
        List<Object> line = gapLine(runs.at("data"), runs.at("ar/adapter"));
        line.set(1, "suite");
        line.addAll(List.of(
                "--verbalizer",
                runs.at("av/adapter"),
                "--controls",
                "none",
                "--max-new-tokens",
                4,
                "--resamples",
                100,
                "--output",
                runs.at(name)));
        return Outcome.of(line.toArray());
    }

    private static List<Object> line(Object... words) {
        return new ArrayList<>(List.of(words));
    }
}
