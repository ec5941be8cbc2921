package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what users see when files to be traded are wrong: one clear line, the right exit code, and nothing written at all. */
class BadExchangeTest {
    private static final Path KITFT = Fixtures.golden("interop/kitft");
    private static final Path AT_HOME = Fixtures.golden("interop/nla-at-home");

    @TempDir
    private Path folder;

    @AfterEach
    void nothingWasWritten() throws IOException {
        assertThat(output()).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void aPickleThatRunsCode() throws IOException {
        Path trace = folder.resolve("trace");
        String command = "touch " + trace;
        String call = "\u0080\u0002cos\nsystem\nX" + (char) command.length() + "\0\0\0" + command + "\u0085R.";
        Path evil = folder.resolve("evil.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(evil))) {
            zip.putNextEntry(new ZipEntry("evil/data.pkl"));
            zip.write(call.getBytes(StandardCharsets.ISO_8859_1));
        }
        refused(imported(evil), FAILED, "evil.pt: data.pkl: it asks for os.system", "nothing of it was run");
        assertThat(trace).doesNotExist();
    }

    @Test
    void filesThatAreCut() throws IOException {
        for (Path whole : List.of(KITFT.resolve("base.parquet"), AT_HOME.resolve("smollm2-135m_L21.pt"))) {
            byte[] bytes = Files.readAllBytes(whole);
            Path cut = Files.write(folder.resolve(whole.getFileName()), Arrays.copyOf(bytes, bytes.length / 2));
            sidecar(cut, text -> text);
            refused(imported(cut), FAILED, cut.toString(), "copy");
        }
    }

    @Test
    void aSidecarOfOtherVectors() throws IOException {
        Path copy = Files.copy(KITFT.resolve("base.parquet"), folder.resolve("base.parquet"));
        refused(imported(copy), FAILED, "base.parquet: its sidecar base.parquet.nla_meta.yaml is missing");
        sidecar(copy, text -> text.replace("d_model: 576", "d_model: 512"));
        refused(
                imported(copy),
                FAILED,
                "base.parquet: row 1: column 'activation_vector' has 576 numbers",
                "d_model in base.parquet.nla_meta.yaml says 512");
        sidecar(copy, text -> text.replace("stage: base", "stage: av_sft"));
        refused(imported(copy), FAILED, "base.parquet: column 'response' is missing; it has");
    }

    @Test
    void theSameRowsTwice() {
        refused(
                imported(KITFT.resolve("av_sft.parquet"), KITFT.resolve("ar_sft.parquet")),
                FAILED,
                "ar_sft.parquet: row 1: row 'wn-13903832' stands in ",
                "av_sft.parquet already");
    }

    @Test
    void aModelThatTheVectorsAreNotOf() {
        Path tiny = Fixtures.checkout("models/scenes");
        refused(
                imported(KITFT.resolve("base.parquet"), "--model", tiny),
                FAILED,
                "base.parquet.nla_meta.yaml: d_model is 576",
                "--model");
    }

    @Test
    void flagsThatDoNotFit() {
        Path torch = AT_HOME.resolve("smollm2-135m_L21.pt");
        Path parquet = KITFT.resolve("base.parquet");
        refused(imported(torch, parquet), USAGE, "F.parquet for kitft's format");
        refused(imported(folder.resolve("x.csv")), USAGE, "x.csv", "--format");
        refused(imported(torch, torch), USAGE, "one file of activations");
        refused(imported(torch, "--layer", 7), FAILED, "layer is 21, not 7");
        refused(imported(parquet, "--layer", 21), USAGE, "--layer");
        refused(imported(parquet, "--format", "csv"), USAGE, "--format csv", "kitft, nla-at-home");
        refused(imported(parquet, "--split", "8/1"), USAGE, "8/1");
        refused(imported(folder.resolve("gone.parquet")), FAILED, "gone.parquet: there is no such file");
        refused(imported(folder.resolve("gone.pt")), FAILED, "gone.pt: there is no such file");
    }

    @Test
    void exportsThatCannotBe() {
        Path dataset = folder.resolve("dataset");
        succeeded(Outcome.of("data", "import", KITFT.resolve("base.parquet"), "--output", dataset));
        refused(exported(dataset, "csv"), USAGE, "--format csv");
        refused(exported(dataset, "kitft", "--stage", "sft"), USAGE, "--stage sft", "base, av_sft, ar_sft, rl");
        refused(exported(dataset, "kitft", "--stage", "rl"), USAGE, "--stage rl needs prompts", "--prompts");
        refused(exported(dataset, "kitft", "--split", "exam"), USAGE, "--split exam");
        refused(exported(dataset, "nla-at-home"), USAGE, "--model DIR");
        refused(exported(dataset, "kitft", "--stage", "rl", "--prompts", folder), USAGE, "--model is missing");
        refused(exported(folder.resolve("none"), "kitft"), FAILED, "none", "there is no such folder");
        refused(
                Outcome.of("data", "export", dataset, "--format", "kitft", "--output", dataset),
                FAILED,
                "is not empty");
    }

    @Test
    void mergesThatCannotBe() {
        Path adapter = Fixtures.golden("llama/adapter");
        refused(merged(adapter, Fixtures.golden("qwen3")), FAILED, "adapter_model.safetensors", "another model");
        refused(merged(folder, Fixtures.golden("llama")), FAILED, "adapter_config.json");
        refused(merged(adapter, folder), FAILED, "config.json");
        refused(merged(adapter, Fixtures.golden("llama"), "--dtype", "int8"), USAGE, "--dtype int8");
    }

    private Path output() {
        return folder.resolve("output");
    }

    private Outcome imported(Object... arguments) {
        return run(List.of("data", "import"), arguments);
    }

    private Outcome exported(Path dataset, String format, Object... arguments) {
        return run(List.of("data", "export", dataset, "--format", format), arguments);
    }

    private Outcome merged(Path adapter, Path model, Object... arguments) {
        return run(List.of("adapter", "merge", adapter, "--model", model), arguments);
    }

    private Outcome run(List<?> command, Object... arguments) {
        List<Object> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        line.addAll(List.of("--output", output()));
        return Outcome.of(line.toArray());
    }

    private static void sidecar(Path parquet, UnaryOperator<String> change) throws IOException {
        String good = Files.readString(KITFT.resolve("base.parquet.nla_meta.yaml"));
        AtomicFiles.write(parquet.resolveSibling(parquet.getFileName() + ".nla_meta.yaml"), change.apply(good));
    }
}
