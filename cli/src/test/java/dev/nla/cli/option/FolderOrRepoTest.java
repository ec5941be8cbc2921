package dev.nla.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.remote.testing.HubServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what a flag means that takes a folder or a repository: a folder wins, a slip asks nobody, and only what is needed is pulled. */
class FolderOrRepoTest {
    @TempDir
    private Path folder;

    private final HubServer server = new HubServer();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anAdapterIsPulledWithoutWhatElseItsRepositoryHolds() throws IOException {
        server.small("adapter_config.json", "{}").small("README.md", "card");
        server.large("adapter_model.safetensors", new byte[16]);
        server.large("checkpoint-5/adapter_model.safetensors", new byte[16]);
        server.large("optimizer.pt", new byte[99]);
        Path pulled = place(HubServer.REPO).adapter();
        assertThat(pulled).isEqualTo(cache().resolve("models--org--tiny-model/snapshots/" + HubServer.COMMIT));
        assertThat(pulled.resolve("adapter_model.safetensors")).isRegularFile();
        assertThat(pulled.resolve("README.md")).isRegularFile();
        assertThat(pulled.resolve("checkpoint-5")).doesNotExist();
        assertThat(pulled.resolve("optimizer.pt")).doesNotExist();
        assertThat(err.toString())
                .contains("org/tiny-model at 4d6c1f0a: 3 files, 3 of them fetched")
                .hasLineCount(1);
    }

    @Test
    void whatTheCacheHoldsIsTakenWithoutAWordAndARunAsksOnce() {
        server.small("config.json", "{}").small("tokenizer.json", "{}").large("model.safetensors", new byte[16]);
        Hub hub = hub();
        Path first = new FolderOrRepo(HubServer.REPO, hub).settings();
        assertThat(first.resolve("model.safetensors")).doesNotExist();
        err.getBuffer().setLength(0);
        int asked = server.asked().size();
        assertThat(new FolderOrRepo(HubServer.REPO, hub).settings()).isEqualTo(first);
        assertThat(server.asked()).hasSize(asked);
        assertThat(place(HubServer.REPO + "@" + HubServer.COMMIT).settings()).isEqualTo(first);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void foldersWinAndSlipsAskNobody() throws IOException {
        Path there = Files.createDirectories(folder.resolve("org/name"));
        assertThat(place(there.toString()).adapter()).isEqualTo(there);
        for (String path :
                new String[] {"./org/name", "../org/name", "/org/name", "a/b/c", "adapter", "src/slip", "~/x"}) {
            assertThat(place(path).repo()).as(path).isEmpty();
            assertThat(place(path).adapter()).isEqualTo(Path.of(path));
        }
        assertThat(place("org/name").repo())
                .hasValueSatisfying(repo -> assertThat(repo).hasToString("org/name"));
        assertThat(place("src/name@v1").repo())
                .hasValueSatisfying(repo -> assertThat(repo).hasToString("src/name@v1"));
        assertThat(place("org/name@refs/pr/1").name()).isEqualTo("name");
        assertThat(place("runs/sft/").name()).isEqualTo("sft");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void whatIsNeitherIsSaidInOneLine() {
        server.small("config.json", "{}").large("model.safetensors", new byte[16]);
        assertThatThrownBy(() -> place("org/other").model())
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("org/other: is no folder, and of the hub: ", "there is no such model here");
        assertThatThrownBy(() -> place(HubServer.REPO).adapter())
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(HubServer.REPO, "adapter");
        server.small("README.md", "a whole model");
        assertThatThrownBy(() -> place(HubServer.REPO).adapter())
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("holds no adapter as PEFT writes it", "adapter_config.json");
        assertThat(cache().resolve("models--org--tiny-model/blobs")).doesNotExist();
    }

    private FolderOrRepo place(String given) {
        return new FolderOrRepo(given, hub());
    }

    private Hub hub() {
        Map<String, String> environment =
                Map.of("HF_ENDPOINT", server.endpoint().toString(), "HF_HUB_CACHE", cache().toString());
        return new Hub(environment, () -> new PrintWriter(err, true));
    }

    private Path cache() {
        return folder.resolve("hub");
    }
}
