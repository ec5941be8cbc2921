package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.RetryPolicy;
import dev.nla.remote.http.Secret;
import dev.nla.remote.testing.HubServer;
import dev.nla.remote.testing.Pauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a small model, a cache, and pulls between them. */
class PullCase {
    static final byte[] WEIGHTS = new byte[100_000];
    static final Repo REPO = Repo.parse(RepoType.MODEL, HubServer.REPO);
    static final FileChoice CHOICE = FileChoice.of(RepoType.MODEL, List.of(), List.of());

    static {
        new SplittableRandom(5).nextBytes(WEIGHTS);
    }

    @TempDir
    Path folder;

    final Pauses pauses = new Pauses();
    final HubServer hub = new HubServer();
    Path cache;

    @BeforeEach
    void fill() {
        cache = folder.resolve("hub");
        hub.small("config.json", "{\"model_type\": \"llama\"}");
        hub.small("tokenizer/tokenizer.json", "{}");
        hub.small("empty.txt", "");
        hub.large("model.safetensors", WEIGHTS);
        hub.large("pytorch_model.bin", new byte[10]);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    void refused(String... parts) {
        assertThatThrownBy(this::pull).isInstanceOf(InputException.class).hasMessageContainingAll(parts);
    }

    Snapshot pull() {
        return pull(REPO, CHOICE, settings(false));
    }

    Snapshot pull(Repo repo, FileChoice choice, HubSettings settings) {
        return pull(repo, choice, settings, pauses);
    }

    Snapshot pull(Repo repo, FileChoice choice, HubSettings settings, Pause pause) {
        Retries retries = new Retries(RetryPolicy.DEFAULT, pause, new SplittableRandom(1));
        return new Pull(settings, retries, pause, Clock.systemUTC()).run(repo, choice, PullListener.none());
    }

    HubSettings settings(boolean offline) {
        Optional<Secret> token = Optional.of(new Secret("hf_secret"));
        return new HubSettings(hub.endpoint(), token, cache, Duration.ofSeconds(30), offline);
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
