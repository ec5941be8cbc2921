package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.remote.testing.HubServer;
import dev.nla.remote.testing.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Protects against all that a hub may do wrong: it is tried again or ends in one clear error, and nothing wrong is left in the cache. */
class PullFaultsTest extends PullCase {
    @Test
    void aBodyThatEndsEarlyIsContinuedFromThere() {
        hub.once("cdn GET", LocalServer.cut(WEIGHTS, 30_000));
        assertThat(pull().fetched()).isEqualTo(4);
        assertThat(hub.requests("cdn").get(1).headers().getFirst("Range")).isEqualTo("bytes=30000-");
    }

    @Test
    void aServerThatGoesSilentIsAskedForTheRest() {
        hub.once("cdn GET", LocalServer.silent(WEIGHTS, 30_000));
        HubSettings brief = new HubSettings(hub.endpoint(), Optional.empty(), cache, Duration.ofMillis(1500), false);
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
}
