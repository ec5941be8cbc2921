package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static dev.nla.cli.TinyRuns.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.remote.testing.HubServer;
import dev.nla.remote.testing.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects training on what a hub holds: the same run as on folders, which goes on with the commit it was begun with. */
class HubTrainingTest {
    private static final String PINNED = HubServer.REPO + "@" + HubServer.COMMIT;

    @TempDir
    private Path folder;

    private LocalHub hub;
    private TinyRuns runs;

    @BeforeEach
    void publish() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("max_steps=1"));
        hub = new LocalHub(folder);
        hub.publish(runs.at("model"));
        hub.publish(runs.at("av/adapter"));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aRunOnRepositoriesIsTheRunOnTheirFoldersAndGoesOn() throws Exception {
        succeeded(Outcome.of(sft(runs.at("model"), runs.at("av/adapter"), "here")));
        Outcome pulled = succeeded(hub.run(sft(HubServer.REPO, HubServer.REPO + "@main", "pulled")));
        // the adapter first, then the rest of the repository
        assertThat(pulled.err())
                .contains(
                        "org/tiny-model at 4d6c1f0a: 5 files, 5 of them fetched",
                        "org/tiny-model at 4d6c1f0a: 10 files, 5 of them fetched");
        Path adapter = runs.at("pulled/adapter");
        assertThat(adapter.resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(runs.at("here/adapter/adapter_model.safetensors"));
        assertThat(adapter.resolve("adapter_config.json"))
                .content()
                .contains("\"base_model_name_or_path\": \"" + runs.at("model") + "\"");
        assertThat(runs.at("pulled/config.yaml"))
                .content()
                .contains("\nmodel: " + PINNED + "\n", "\ninit_adapter: " + PINNED + "\n");

        hub.server().always("revision/main", LocalServer.status(503));
        Object[] again = with(
                new Object[] {"--resume", runs.at("pulled/checkpoint-1")},
                sft(HubServer.REPO, HubServer.REPO, "pulled"));
        byte[] before = Files.readAllBytes(adapter.resolve("adapter_model.safetensors"));
        assertThat(succeeded(hub.run(again)).err()).contains("going on from");
        assertThat(adapter.resolve("adapter_model.safetensors")).hasBinaryContent(before);
        Outcome other =
                hub.run(with(new Object[] {"--resume", "auto"}, sft(runs.at("model"), HubServer.REPO, "pulled")));
        refused(other, USAGE, "was started with other settings", "model: " + PINNED + " → " + runs.at("model"));
    }

    @Test
    void aNewAdapterIsMadeForTheRepository() throws Exception {
        succeeded(hub.run(verbalizer(HubServer.REPO, "fresh")));
        assertThat(runs.at("fresh/adapter/adapter_config.json"))
                .content()
                .contains("\"base_model_name_or_path\": \"org/tiny-model\"");
        assertThat(runs.at("fresh/adapter/nla_meta.yaml")).content().contains("base_checkpoint: \"org/tiny-model\"\n");
    }

    @Test
    void settingsAreCheckedWithoutTheHubAndWhatItLacksIsBlamedOnThem() throws Exception {
        Path settings = Files.writeString(
                folder.resolve("sft.yaml"),
                "stage: sft\nrole: verbalizer\nmodel: org/none@v1\ndata: %s\noutput_dir: %s\n"
                        .formatted(runs.at("data"), runs.at("none")));
        succeeded(hub.run("config", "validate", settings));
        assertThat(succeeded(hub.run("config", "show", settings)).out()).contains("\nmodel: org/none@v1\n");
        assertThat(hub.server().asked()).isEmpty();
        refused(
                hub.run("train", "sft", "--config", settings),
                FAILED,
                settings + ": model org/none@v1: is no folder, and of the hub: ");
        assertThat(runs.at("none")).doesNotExist();
    }

    private Object[] sft(Object model, Object adapter, String output) {
        return with(new Object[] {"init_adapter=" + adapter}, verbalizer(model, output));
    }

    private Object[] verbalizer(Object model, String output) {
        return with(
                new Object[] {"max_steps=2", "save_steps=1", "per_device_train_batch_size=2", "compute_dtype=float32"},
                "train",
                "sft",
                "role=verbalizer",
                "marker=●",
                "chat_template=false",
                "lora_r=2",
                "model=" + model,
                "data=" + runs.at("data"),
                "output_dir=" + runs.at(output));
    }
}
