package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A repository's place in the cache, laid out as huggingface_hub does: {@code blobs/CHECKSUM} holds the bytes,
 * {@code snapshots/COMMIT/NAME} are relative links to them, {@code refs/REVISION} holds the commit a branch or tag was at. Locks lie in
 * {@code .locks} beside all repositories.
 *
 * @param root the folder of all repositories
 * @param folder this one's name
 */
record RepoCache(Path root, String folder) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    Path blob(Checksum checksum) {
        return root.resolve(folder).resolve("blobs").resolve(checksum.digits());
    }

    /** What has arrived of a blob. The name is none of huggingface_hub's own, whose locks and ours do not see each other. */
    Path partial(Checksum checksum) {
        return blob(checksum).resolveSibling(checksum.digits() + ".nla.incomplete");
    }

    Path lock(Checksum checksum) {
        return root.resolve(".locks").resolve(folder).resolve(checksum.digits() + ".lock");
    }

    Path snapshot(String commit) {
        return root.resolve(folder).resolve("snapshots").resolve(commit);
    }

    /** The commit that a revision was at when it was last pulled; a commit is at itself. */
    Optional<String> commit(String revision) {
        if (isCommit(revision)) {
            return Optional.of(revision);
        }
        try {
            Path ref = ref(revision);
            return Files.isRegularFile(ref)
                    ? Optional.of(Files.readString(ref).strip()).filter(RepoCache::isCommit)
                    : Optional.empty();
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", ref(revision), FileFault.of(e));
        }
    }

    /** Remembers the commit a revision is at. */
    void remember(String revision, String commit) {
        if (!isCommit(revision) && !commit(revision).equals(Optional.of(commit))) {
            AtomicFiles.write(ref(revision), commit);
        }
    }

    /** Gives a blob that is there its name in a snapshot, in one step: other processes do the same. */
    void link(Checksum checksum, Path name) throws IOException {
        Files.createDirectories(name.getParent());
        Path temporary = name.resolveSibling("." + name.getFileName() + ".link-" + UUID.randomUUID());
        try {
            Files.createSymbolicLink(temporary, name.getParent().relativize(blob(checksum)));
            Files.move(temporary, name, StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException e) {
            throw InputException.data(
                    e,
                    "%s: this file system has no symbolic links: choose another %s",
                    name.getParent(),
                    Key.of("cache_dir"));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path ref(String revision) {
        return root.resolve(folder).resolve("refs").resolve(revision);
    }
}
