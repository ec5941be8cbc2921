package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static dev.nla.cli.TinyRuns.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.TinyModel;
import dev.nla.remote.testing.HubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the one command that a published adapter takes: model and adapter by the names of their repositories, the sidecar lent. */
class HubAdapterTest {
    @TempDir
    private Path folder;

    private final HubServer hub = new HubServer();
    private Path model;
    private Path adapter;
    private Path lent;

    @BeforeEach
    void publish() throws IOException {
        model = TinyModel.write(folder.resolve("model"));
        adapter = Fixtures.golden("llama/adapter");
        Path prompt = Files.writeString(folder.resolve("prompt.txt"), "Say <c>{injection_char}</c>\n<explanation>");
        Path own = folder.resolve("own");
        succeeded(Outcome.of(
                "adapter",
                "init",
                adapter,
                "--layer",
                2,
                "--injection-norm",
                3,
                "--marker",
                "●",
                "--av-template",
                prompt,
                "--model",
                model,
                "--output",
                own));
        lent = own.resolve("nla_meta.yaml");
        for (Path from : new Path[] {model, adapter}) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".safetensors")) {
                        hub.large(name, Files.readAllBytes(file));
                    } else {
                        hub.small(name, Files.readString(file));
                    }
                }
            }
        }
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void oneCommandDescribesWithWhatTheHubHolds() throws Exception {
        Outcome here = succeeded(Outcome.of(describe(model, adapter, "--like", lent)));
        Outcome pulled = succeeded(run(describe(HubServer.REPO, HubServer.REPO + "@main", "--like", lent)));
        assertThat(pulled.out()).isEqualTo(here.out());
        assertThat(pulled.err()).contains("org/tiny-model at 4d6c1f0a: 3 files, 3 of them fetched");
        assertThat(snapshot().resolve("nla_meta.yaml")).doesNotExist();
        Outcome bare = run(describe(HubServer.REPO, HubServer.REPO));
        refused(bare, FAILED, "org/tiny-model: has no nla_meta.yaml", "nla adapter init org/tiny-model --output DIR");
    }

    @Test
    void aCopyGetsTheSidecarAndTheCacheStaysAsItIs() throws Exception {
        Path copy = folder.resolve("copy");
        refused(run("adapter", "init", HubServer.REPO, "--like", lent), USAGE, "--output is missing", "org/tiny-model");
        succeeded(run("adapter", "init", HubServer.REPO, "--like", lent, "--model", HubServer.REPO, "--output", copy));
        assertThat(copy.resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(adapter.resolve("adapter_model.safetensors"));
        assertThat(Files.isSymbolicLink(copy.resolve("adapter_model.safetensors")))
                .isFalse();
        assertThat(snapshot().resolve("model.safetensors")).doesNotExist();
        assertThat(snapshot().resolve("nla_meta.yaml")).doesNotExist();
        refused(Outcome.of("adapter", "init", snapshot(), "--like", lent), USAGE, "--output is missing");
        assertThat(succeeded(Outcome.of(describe(model, copy))).out())
                .isEqualTo(succeeded(Outcome.of(describe(model, adapter, "--like", lent)))
                        .out());
    }

    private Path snapshot() {
        return folder.resolve("home/hub/models--org--tiny-model/snapshots/" + HubServer.COMMIT);
    }

    private static Object[] describe(Object model, Object adapter, Object... more) {
        return with(
                more,
                "describe",
                "--model",
                model,
                "--verbalizer",
                adapter,
                "--text",
                "one river",
                "--max-new-tokens",
                6);
    }

    /** Runs the program in a process of its own, which has this hub in its environment. */
    private Outcome run(Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                OwnProcess.of(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HF_ENDPOINT", hub.endpoint().toString());
        builder.environment().put("HF_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(err, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains(" INFO "))
                .map(line -> line + System.lineSeparator())
                .reduce("", String::concat);
        return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), said);
    }
}
