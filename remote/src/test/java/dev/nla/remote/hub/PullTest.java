package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.remote.http.Pause;
import dev.nla.remote.testing.HubServer;
import dev.nla.remote.testing.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Protects pulling: the cache is laid out as huggingface_hub's, nothing is fetched twice, and the token stays with the hub. */
class PullTest extends PullCase {
    @Test
    void filesLieInTheCacheAsHuggingfaceHubPutsThem() throws IOException {
        Snapshot snapshot = pull();
        Path repo = cache.resolve("models--org--tiny-model");
        assertThat(snapshot.folder()).isEqualTo(repo.resolve("snapshots").resolve(HubServer.COMMIT));
        assertThat(snapshot.files())
                .containsExactly("config.json", "tokenizer/tokenizer.json", "empty.txt", "model.safetensors");
        assertThat(snapshot.fetched()).isEqualTo(4);
        assertThat(Files.readAllBytes(snapshot.folder().resolve("model.safetensors")))
                .isEqualTo(WEIGHTS);
        assertThat(Files.readSymbolicLink(snapshot.folder().resolve("model.safetensors")))
                .hasToString("../../blobs/" + hub.etag("model.safetensors"));
        assertThat(Files.readSymbolicLink(snapshot.folder().resolve("tokenizer/tokenizer.json")))
                .hasToString("../../../blobs/" + hub.etag("tokenizer/tokenizer.json"));
        assertThat(repo.resolve("refs/main")).hasContent(HubServer.COMMIT);
        assertThat(names(repo.resolve("blobs"))).hasSize(4).allMatch(name -> name.matches("[0-9a-f]+"));
        assertThat(snapshot.folder().resolve("pytorch_model.bin")).doesNotExist();
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws IOException {
        pull();
        hub.repair();
        assertThat(pull().fetched()).isZero();
        assertThat(hub.asked()).containsExactly("hub GET /api/models/org/tiny-model/revision/main");
        Files.delete(cache.resolve("models--org--tiny-model/snapshots/" + HubServer.COMMIT + "/config.json"));
        hub.repair();
        assertThat(pull().fetched()).isZero();
        assertThat(hub.asked()).noneMatch(line -> line.startsWith("hub GET /org"));
    }

    @Test
    void aDamagedFileIsFetchedAgain() throws IOException {
        pull();
        Files.writeString(cache.resolve("models--org--tiny-model/blobs/" + hub.etag("config.json")), "{");
        Snapshot again = pull();
        assertThat(again.fetched()).isEqualTo(1);
        assertThat(again.folder().resolve("config.json")).hasContent("{\"model_type\": \"llama\"}");
    }

    @Test
    void aListingWithoutChecksumsIsEnough() {
        hub.withoutChecksumsInTheListing();
        assertThat(pull().fetched()).isEqualTo(4);
    }

    @Test
    void aCommitNeedsNoReference() {
        Repo repo = Repo.parse(RepoType.MODEL, HubServer.REPO + "@" + HubServer.COMMIT);
        pull(repo, CHOICE, settings(false));
        assertThat(cache.resolve("models--org--tiny-model/refs")).doesNotExist();
    }

    @Test
    void datasetsHaveAddressesAndFoldersOfTheirOwn() {
        Repo data = Repo.parse(RepoType.DATASET, HubServer.REPO);
        Snapshot snapshot = pull(data, FileChoice.of(RepoType.DATASET, List.of("*.json"), List.of()), settings(false));
        assertThat(snapshot.folder()).hasToString(cache + "/datasets--org--tiny-model/snapshots/" + HubServer.COMMIT);
        assertThat(hub.asked())
                .contains(
                        "hub GET /api/datasets/org/tiny-model/revision/main",
                        "hub GET /datasets/org/tiny-model/resolve/" + HubServer.COMMIT + "/config.json");
    }

    @Test
    void theTokenGoesToTheHubAndNotBeyond() {
        pull();
        assertThat(hub.requests("hub"))
                .allSatisfy(request ->
                        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer hf_secret"));
        assertThat(hub.requests("cdn")).isNotEmpty().allSatisfy(request -> assertThat(
                        request.headers().containsKey("Authorization"))
                .isFalse());
    }

    @Test
    void aRepositoryThatWasRenamedIsFollowed() {
        String old = "/api/models/org/tiny-model/revision/main";
        hub.once(
                "hub GET " + old,
                LocalServer.status(307, "Location", "/api/models/org/tiny-model/revision/" + HubServer.COMMIT));
        hub.once(
                "hub HEAD /org/tiny-model/resolve/" + HubServer.COMMIT + "/config.json",
                LocalServer.status(307, "Location", "/org/tiny-model/resolve/" + HubServer.COMMIT + "/config.json"));
        assertThat(pull().fetched()).isEqualTo(4);
    }

    @Test
    void offlineTheCacheIsAllThereIs() {
        assertThatThrownBy(() -> pull(REPO, CHOICE, settings(true)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not in the cache")
                .hasMessageContaining("HF_HUB_OFFLINE");
        Snapshot online = pull();
        hub.repair();
        Snapshot offline = pull(REPO, CHOICE, settings(true));
        assertThat(offline.folder()).isEqualTo(online.folder());
        assertThat(offline.files()).containsExactlyInAnyOrderElementsOf(online.files());
        assertThat(hub.asked()).isEmpty();
    }

    @Test
    void aCopyHasFilesOfItsOwn() throws IOException {
        Path copy = folder.resolve("below/copy");
        pull().copyTo(copy);
        assertThat(Files.isSymbolicLink(copy.resolve("model.safetensors"))).isFalse();
        assertThat(Files.readAllBytes(copy.resolve("model.safetensors"))).isEqualTo(WEIGHTS);
        assertThat(copy.resolve("tokenizer/tokenizer.json")).hasContent("{}");
        assertThat(names(folder.resolve("below"))).containsExactly("copy");
    }

    @Test
    void aChoiceThatFitsNothingIsSaidBeforeAnythingIsFetched() {
        assertThatThrownBy(
                        () -> pull(REPO, FileChoice.of(RepoType.MODEL, List.of("*.gguf"), List.of()), settings(false)))
                .hasMessageContaining("none of its 5 files matches *.gguf");
        assertThatThrownBy(() ->
                        pull(REPO, FileChoice.of(RepoType.MODEL, List.of(), List.of("*.safetensors")), settings(false)))
                .hasMessageContaining("holds no weights in safetensors");
        assertThat(cache).doesNotExist();
    }

    @Test
    void twoAtOnceFetchEachFileOnce() throws Exception {
        Pause brief = time -> Thread.sleep(1);
        CompletableFuture<Snapshot> other =
                CompletableFuture.supplyAsync(() -> pull(REPO, CHOICE, settings(false), brief));
        Snapshot snapshot = pull(REPO, CHOICE, settings(false), brief);
        assertThat(other.get().folder()).isEqualTo(snapshot.folder());
        assertThat(snapshot.files()).hasSize(4);
        assertThat(hub.requests("cdn")).hasSize(1);
    }
}
