package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.Peers;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.RetryPolicy;
import dev.nla.remote.http.Secret;
import dev.nla.remote.testing.HubServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that the cache is one: what we pull, huggingface_hub finds without the network, and what it pulls, we do not fetch again. */
@Tag("peers")
class HuggingfaceHubParityTest {
    @TempDir
    private Path folder;

    private final HubServer hub = new HubServer();
    private Path cache;
    private Path script;

    @BeforeEach
    void fill() throws IOException {
        byte[] weights = new byte[100_000];
        new SplittableRandom(5).nextBytes(weights);
        hub.small("config.json", "{}").small("tokenizer/tokenizer.json", "{\"a\": 1}");
        hub.large("model.safetensors", weights).large("pytorch_model.bin", new byte[10]);
        cache = folder.resolve("hub");
        script = folder.resolve("snapshot.py");
        try (InputStream in = getClass().getResourceAsStream("snapshot.py")) {
            Files.copy(in, script);
        }
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whatWePullPythonFinds() {
        Snapshot snapshot = pull();
        hub.repair();
        List<String> found = Peers.installed().run(script, cache, HubServer.REPO);
        assertThat(found)
                .containsExactly(
                        snapshot.folder().toString(),
                        snapshot.folder().resolve("tokenizer/tokenizer.json").toString());
        List<String> online = Peers.installed().run(script, cache, HubServer.REPO, hub.endpoint());
        assertThat(online).isEqualTo(found);
        assertThat(hub.asked()).noneMatch(line -> line.contains("/resolve/") || line.contains("cdn"));
    }

    @Test
    void whatPythonPullsWeDoNotFetchAgain() {
        List<String> pulled = Peers.installed().run(script, cache, HubServer.REPO, hub.endpoint());
        hub.repair();
        Snapshot snapshot = pull();
        assertThat(snapshot.folder()).hasToString(pulled.get(0));
        assertThat(snapshot.fetched()).isZero();
        assertThat(hub.asked()).containsExactly("hub GET /api/models/org/tiny-model/revision/main");
    }

    private Snapshot pull() {
        HubSettings settings = new HubSettings(
                hub.endpoint(), Optional.of(new Secret("hf_secret")), cache, Duration.ofSeconds(30), false);
        Retries retries = new Retries(RetryPolicy.DEFAULT, Pause.real(), new SplittableRandom(1));
        return new Pull(settings, retries, Pause.real(), Clock.systemUTC())
                .run(
                        Repo.parse(RepoType.MODEL, HubServer.REPO),
                        FileChoice.of(RepoType.MODEL, List.of(), List.of()),
                        PullListener.none());
    }
}
