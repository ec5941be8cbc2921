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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the one command that a published adapter takes: model and adapter by the names of their repositories, the sidecar lent. */
class HubAdapterTest {
    @TempDir
    private Path folder;

    private LocalHub hub;
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
        hub = new LocalHub(folder);
        hub.publish(model);
        hub.publish(adapter);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void oneCommandDescribesWithWhatTheHubHolds() throws Exception {
        Outcome here = succeeded(Outcome.of(describe(model, adapter, "--like", lent)));
        Outcome pulled = succeeded(hub.run(describe(HubServer.REPO, HubServer.REPO + "@main", "--like", lent)));
        assertThat(pulled.out()).isEqualTo(here.out());
        assertThat(pulled.err()).contains("org/tiny-model at 4d6c1f0a: 3 files, 3 of them fetched");
        assertThat(hub.snapshot().resolve("nla_meta.yaml")).doesNotExist();
        Outcome bare = hub.run(describe(HubServer.REPO, HubServer.REPO));
        refused(bare, FAILED, "org/tiny-model: has no nla_meta.yaml", "nla adapter init org/tiny-model --output DIR");
    }

    @Test
    void aCopyGetsTheSidecarAndTheCacheStaysAsItIs() throws Exception {
        Path copy = folder.resolve("copy");
        refused(
                hub.run("adapter", "init", HubServer.REPO, "--like", lent),
                USAGE,
                "--output is missing",
                "org/tiny-model");
        succeeded(hub.run(
                "adapter", "init", HubServer.REPO, "--like", lent, "--model", HubServer.REPO, "--output", copy));
        assertThat(copy.resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(adapter.resolve("adapter_model.safetensors"));
        assertThat(Files.isSymbolicLink(copy.resolve("adapter_model.safetensors")))
                .isFalse();
        assertThat(hub.snapshot().resolve("model.safetensors")).doesNotExist();
        assertThat(hub.snapshot().resolve("nla_meta.yaml")).doesNotExist();
        refused(Outcome.of("adapter", "init", hub.snapshot(), "--like", lent), USAGE, "--output is missing");
        assertThat(succeeded(Outcome.of(describe(model, copy))).out())
                .isEqualTo(succeeded(Outcome.of(describe(model, adapter, "--like", lent)))
                        .out());
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
}
