package dev.nla.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.http.Pause;
import dev.nla.data.http.Retries;
import dev.nla.data.http.RetryPolicy;
import dev.nla.data.http.Secret;
import dev.nla.data.testing.HubServer;
import dev.nla.data.testing.LocalServer;
import dev.nla.data.testing.Pauses;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects pulling: the cache is laid out as huggingface_hub's, nothing is fetched twice, and whatever a hub does wrong leaves nothing wrong. */
class PullTest {
    private static final byte[] WEIGHTS = new byte[100_000];
    private static final Repo REPO = Repo.parse(RepoType.MODEL, HubServer.REPO);
    private static final FileChoice CHOICE = FileChoice.of(RepoType.MODEL, List.of(), List.of());

    static {
        new SplittableRandom(5).nextBytes(WEIGHTS);
    }

    @TempDir
    private Path folder;

    private final Pauses pauses = new Pauses();
    private final HubServer hub = new HubServer();
    private Path cache;

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
    void aBodyThatEndsEarlyIsContinuedFromThere() {
        hub.once("cdn GET", LocalServer.cut(WEIGHTS, 30_000));
        assertThat(pull().fetched()).isEqualTo(4);
        assertThat(hub.requests("cdn").get(1).headers().getFirst("Range")).isEqualTo("bytes=30000-");
    }

    @Test
    void aServerThatGoesSilentIsAskedForTheRest() {
        hub.once("cdn GET", LocalServer.silent(WEIGHTS, 30_000));
        HubSettings brief = new HubSettings(hub.endpoint(), Optional.empty(), cache, Duration.ofMillis(700), false);
        assertThat(pull(REPO, CHOICE, brief).fetched()).isEqualTo(4);
        assertThat(hub.requests("cdn").get(1).headers().getFirst("Range")).isEqualTo("bytes=30000-");
    }

    @Test
    void aPullThatGaveUpGoesOnWithTheNext() throws IOException {
        hub.once("cdn GET", LocalServer.cut(WEIGHTS, 40_000)).always("cdn GET", LocalServer.status(503));
        refused("the endpoint answers 503 for model.safetensors", "(6 attempts)", "run the same command again");
        assertThat(cache.resolve("models--org--tiny-model/refs")).doesNotExist();
        assertThat(names(cache.resolve("models--org--tiny-model/blobs")))
                .contains(hub.etag("model.safetensors") + ".nla.incomplete")
                .doesNotContain(hub.etag("model.safetensors"));
        hub.repair();
        assertThat(pull().fetched()).isEqualTo(1);
        assertThat(hub.requests("cdn").get(0).headers().getFirst("Range")).isEqualTo("bytes=40000-");
        assertThat(names(cache.resolve("models--org--tiny-model/blobs")))
                .noneMatch(name -> name.endsWith("incomplete"));
    }

    @Test
    void aServerThatCannotContinueIsAskedForTheWhole() {
        hub.once("cdn GET", LocalServer.cut(WEIGHTS, 30_000)).once("cdn GET", LocalServer.body(200, WEIGHTS));
        assertThat(pull().fetched()).isEqualTo(4);
    }

    @Test
    void aPartThatCannotBeContinuedIsBegunAnew() throws IOException {
        hub.once("cdn GET", LocalServer.cut(WEIGHTS, 30_000)).once("cdn GET", LocalServer.status(416));
        assertThat(pull().fetched()).isEqualTo(4);
        assertThat(hub.requests("cdn").get(2).headers().containsKey("Range")).isFalse();
    }

    @Test
    void aDamagedPartIsThrownAwayAndFetchedOnceMore() throws IOException {
        Path blobs = cache.resolve("models--org--tiny-model/blobs");
        Files.createDirectories(blobs);
        Files.write(blobs.resolve(hub.etag("model.safetensors") + ".nla.incomplete"), new byte[50_000]);
        assertThat(pull().fetched()).isEqualTo(4);
    }

    @Test
    void aWrongChecksumKeepsNothing() throws IOException {
        byte[] wrong = WEIGHTS.clone();
        wrong[77_777]++;
        hub.once("cdn GET", LocalServer.body(200, wrong));
        refused("model.safetensors: what came does not have the checksum " + hub.etag("model.safetensors"));
        hub.once(
                "hub GET /org/tiny-model/resolve/" + HubServer.COMMIT + "/tokenizer",
                LocalServer.body(200, new byte[2]));
        Files.delete(cache.resolve("models--org--tiny-model/blobs/" + hub.etag("tokenizer/tokenizer.json")));
        refused("tokenizer.json: what came does not have the checksum");
        assertThat(names(cache.resolve("models--org--tiny-model/blobs")))
                .containsExactlyInAnyOrder(hub.etag("config.json"), hub.etag("empty.txt"));
        assertThat(pull().files()).hasSize(4);
    }

    @Test
    void moreThanTheFileIsNotTaken() {
        hub.always("cdn GET", LocalServer.body(200, new byte[WEIGHTS.length + 1]));
        refused("more than the file's 100000 bytes came", "(6 attempts)");
    }

    @Test
    void twoChecksumsForOneFileAreRefused() {
        hub.once("hub HEAD", LocalServer.status(200, "ETag", "\"" + "0".repeat(40) + "\"", "Content-Length", "3"));
        refused("names two checksums of config.json");
    }

    @Test
    void aFileOfAnotherCommitIsRefused() {
        hub.once("hub HEAD", LocalServer.status(200, "X-Repo-Commit", "1".repeat(40), "Content-Length", "3"));
        refused("config.json is of commit 1111");
    }

    @Test
    void aBusyHubIsLeftAloneAsLongAsItAsks() {
        hub.once("revision/main", LocalServer.status(429, "Retry-After", "30"))
                .once("hub HEAD", LocalServer.status(503, "Retry-After", "4"))
                .once("cdn GET", LocalServer.status(500));
        assertThat(pull().fetched()).isEqualTo(4);
        assertThat(pauses.taken()).hasSize(3).startsWith(Duration.ofSeconds(30), Duration.ofSeconds(4));
    }

    @Test
    void aHubThatWantsHoursIsGivenUp() {
        hub.once("revision/main", LocalServer.status(429, "Retry-After", "7200"));
        refused("answers 429 for the list of files, and asks to come back after 7200 s");
    }

    @Test
    void refusalsSayWhatToDo() {
        String list = "revision/main";
        hub.once(list, LocalServer.status(403, "X-Error-Code", "GatedRepo"));
        refused("is gated, and the account of this token has not been let in");
        hub.once(list, LocalServer.status(401, "X-Error-Code", "RepoNotFound"));
        refused("there is no such model here, or it is private (401)", "what the token may see");
        hub.once(list, LocalServer.status(404, "X-Error-Code", "RevisionNotFound"));
        refused("there is no revision main");
        hub.once(list, LocalServer.status(403, "X-Error-Message", "Storage is full"));
        refused("refuses the list of files with 403: Storage is full");
        hub.once(list, LocalServer.status(400));
        refused("refuses the list of files with 400");
        hub.once("hub HEAD", LocalServer.status(404, "X-Error-Code", "EntryNotFound"));
        refused("there is no file config.json");
        hub.once("hub HEAD", LocalServer.status(403, "X-Error-Code", "GatedRepo"));
        refused("is gated");
        assertThat(pauses.taken()).isEmpty();
    }

    @Test
    void whatIsNoHubIsRecognized() {
        String list = "revision/main";
        hub.once(list, LocalServer.body(200, "<html>hello</html>"));
        refused("is no JSON", "HF_ENDPOINT");
        hub.once(list, LocalServer.body(200, "{}"));
        refused("lacks \"sha\" or \"siblings\"", "HF_ENDPOINT");
        hub.once(list, LocalServer.status(302, "Location", "file:///etc/passwd"));
        refused("redirects to \"file:///etc/passwd\", which is no address");
        hub.always(list, LocalServer.status(302, "Location", "/api/models/org/tiny-model/revision/main"));
        refused("redirects in circles");
        hub.repair();
        hub.withoutChecksumsInTheListing();
        hub.once("hub HEAD", LocalServer.status(200, "ETag", "\"abc\"", "Content-Length", "3"));
        refused("names no checksum of config.json");
    }

    @Test
    void namesThatLeadOutOfTheFolderStopEverything() {
        for (String name : List.of("../../x", "/tmp/x", "a/../../../x", "a\\\\..\\\\x")) {
            String json = "{\"sha\": \"" + HubServer.COMMIT + "\", \"siblings\": [{\"rfilename\": \"config.json\"}, "
                    + "{\"rfilename\": \"" + name + "\"}]}";
            hub.once("revision/main", LocalServer.body(200, json));
            refused("whose name leads out of the repository: nothing was pulled");
        }
        assertThat(cache).doesNotExist();
    }

    @Test
    void aCommitThatIsNoneNamesNoFolder() {
        String json = "{\"sha\": \"../../../../x\", \"siblings\": []}";
        hub.once("revision/main", LocalServer.body(200, json));
        refused("lacks \"sha\"");
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

    private void refused(String... parts) {
        assertThatThrownBy(this::pull).isInstanceOf(InputException.class).hasMessageContainingAll(parts);
    }

    private Snapshot pull() {
        return pull(REPO, CHOICE, settings(false));
    }

    private Snapshot pull(Repo repo, FileChoice choice, HubSettings settings) {
        return pull(repo, choice, settings, pauses);
    }

    private Snapshot pull(Repo repo, FileChoice choice, HubSettings settings, Pause pause) {
        Retries retries = new Retries(RetryPolicy.DEFAULT, pause, new SplittableRandom(1));
        return new Pull(settings, retries, pause, Clock.systemUTC()).run(repo, choice, PullListener.none());
    }

    private HubSettings settings(boolean offline) {
        Optional<Secret> token = Optional.of(new Secret("hf_secret"));
        return new HubSettings(hub.endpoint(), token, cache, Duration.ofSeconds(30), offline);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
