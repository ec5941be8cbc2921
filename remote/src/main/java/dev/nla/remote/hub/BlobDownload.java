package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.model.files.ProcessLock;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Brings one file into the cache: one process at a time, continued where it broke off, named once its checksum is right. */
final class BlobDownload {
    private static final Duration LOCK_POLL = Duration.ofMillis(200);

    private final HubClient client;
    private final RepoCache cache;
    private final Retries retries;
    private final Pause pause;
    private final PullListener listener;

    BlobDownload(HubClient client, RepoCache cache, Retries retries, Pause pause, PullListener listener) {
        this.client = client;
        this.cache = cache;
        this.retries = retries;
        this.pause = pause;
        this.listener = listener;
    }

    /** Whether a file of the cache has as many bytes as it should. */
    static boolean isWhole(Path file, long size) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == size;
    }

    /**
     * Makes sure that the blob is there.
     *
     * @return whether it had to be fetched
     * @throws InputException where what comes does not have its checksum; nothing of it is kept
     */
    boolean run(String commit, Blob blob) throws IOException, TransientException, InterruptedException {
        Path target = cache.blob(blob.checksum());
        if (isWhole(target, blob.size())) {
            return false;
        }
        ProcessLock lock = lock(blob);
        try {
            if (isWhole(target, blob.size())) {
                return false;
            }
            Path partial = cache.partial(blob.checksum());
            boolean continued = Files.exists(partial) && Files.size(partial) > 0;
            if (!fetch(commit, blob, partial) && !(continued && fetch(commit, blob, partial))) {
                throw InputException.data(
                        "%s: what came does not have the checksum %s that the hub names: nothing of it was kept, pull again",
                        blob.name(), blob.checksum().digits());
            }
            return true;
        } finally {
            lock.close();
        }
    }

    /** Fetches what is missing of a blob; false, and nothing left of it, where the checksum is wrong. */
    private boolean fetch(String commit, Blob blob, Path path)
            throws IOException, TransientException, InterruptedException {
        try (PartialFile partial =
                new PartialFile(path, blob.size(), bytes -> listener.progress(blob.name(), bytes, blob.size()))) {
            retries.run(() -> attempt(commit, blob, partial), listener::again);
            if (blob.checksum().matches(path)) {
                partial.publish(cache.blob(blob.checksum()));
                return true;
            }
        }
        Files.delete(path);
        return false;
    }

    private Optional<Void> attempt(String commit, Blob blob, PartialFile partial)
            throws TransientException, InterruptedException {
        long before = partial.size();
        try {
            if (before < blob.size()) {
                client.fetch(commit, blob.name(), partial);
            }
            if (partial.size() < blob.size()) {
                throw new TransientException(
                        blob.name() + ": ended after " + partial.size() + " of " + blob.size() + " bytes",
                        Optional.empty());
            }
            return Optional.empty();
        } catch (TransientException e) {
            throw partial.size() > before ? e.afterProgress() : e;
        }
    }

    private ProcessLock lock(Blob blob) throws IOException, InterruptedException {
        Path file = cache.lock(blob.checksum());
        Optional<ProcessLock> lock = ProcessLock.tryTake(file);
        if (lock.isEmpty()) {
            listener.waits(blob.name());
        }
        while (lock.isEmpty()) {
            pause.sleep(LOCK_POLL);
            lock = ProcessLock.tryTake(file);
        }
        return lock.get();
    }
}
