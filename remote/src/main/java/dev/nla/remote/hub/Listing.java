package dev.nla.remote.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a revision holds, as {@code /api/models/NAME/revision/REVISION?blobs=true} tells it.
 *
 * @param commit the commit the revision is at
 * @param files in the hub's order
 */
record Listing(String commit, List<RemoteFile> files) {
    /**
     * Reads the answer.
     *
     * @throws InputException where it is not what a hub says, or a name leads out of the repository's folder
     */
    static Listing read(Repo repo, byte[] json) {
        try {
            JsonNode tree = new ObjectMapper().readTree(json);
            String commit = tree.path("sha").asText();
            if (!RepoCache.isCommit(commit) || !tree.path("siblings").isArray()) {
                throw strange(repo, "lacks \"sha\" or \"siblings\"", null);
            }
            List<RemoteFile> files = new ArrayList<>();
            for (JsonNode sibling : tree.path("siblings")) {
                files.add(file(repo, sibling));
            }
            return new Listing(commit, List.copyOf(files));
        } catch (IOException e) {
            throw strange(repo, "is no JSON", e);
        }
    }

    private static RemoteFile file(Repo repo, JsonNode sibling) {
        String name = sibling.path("rfilename").asText();
        if (!FileNames.isSafe(name)) {
            throw InputException.data(
                    "%s: the hub lists a file \"%s\", whose name leads out of the repository: nothing was pulled",
                    repo, name.replaceAll("\\p{Cntrl}", "?"));
        }
        JsonNode lfs = sibling.path("lfs");
        String hash = lfs.isObject()
                ? lfs.path("sha256").asText()
                : sibling.path("blobId").asText();
        JsonNode size = lfs.isObject() ? lfs.path("size") : sibling.path("size");
        return new RemoteFile(
                name,
                Checksum.of(hash),
                size.isIntegralNumber() ? OptionalLong.of(size.longValue()) : OptionalLong.empty());
    }

    private static InputException strange(Repo repo, String what, Exception cause) {
        return InputException.data(
                cause, "%s: the endpoint's answer %s: is HF_ENDPOINT the address of a Hugging Face hub?", repo, what);
    }
}
