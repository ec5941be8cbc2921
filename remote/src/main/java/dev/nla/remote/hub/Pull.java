package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.FileFault;
import dev.nla.remote.http.HttpSender;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pulls a revision of a repository into the cache: ask for the list, fetch what the cache lacks, link the files into a snapshot, remember
 * where the revision was. What was fetched before, by this program or by huggingface_hub, is not fetched again.
 */
public final class Pull {
    private final HubSettings settings;
    private final Retries retries;
    private final Pause pause;
    private final Clock clock;
    private final HttpSender sender = new HttpSender();

    /**
     * Prepares pulling.
     *
     * @param pause waits while another process fetches the same file
     * @param clock by which dates of the hub are read
     */
    public Pull(HubSettings settings, Retries retries, Pause pause, Clock clock) {
        this.settings = settings;
        this.retries = retries;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Pulls what is chosen.
     *
     * @throws InputException where the hub refuses, cannot be reached, lists nothing that is chosen or sends something wrong. What has
     *     arrived whole stays in the cache, and what has not is continued the next time; the revision is remembered only when all is there
     */
    public Snapshot run(Repo repo, FileChoice choice, PullListener listener) {
        RepoCache cache = new RepoCache(settings.cache(), repo.folder());
        try {
            return settings.offline() ? offline(repo, cache, choice) : online(repo, cache, choice, listener);
        } catch (TransientException e) {
            throw InputException.data(
                    e,
                    "%s: %s: run the same command again to go on%s",
                    repo,
                    e.getMessage(),
                    cache.commit(repo.revision()).isPresent()
                            ? ", or set HF_HUB_OFFLINE=1 to use what the cache holds"
                            : "");
        } catch (IOException e) {
            throw InputException.data(
                    e,
                    "%s: cannot be written: %s: check permissions and the free space",
                    settings.cache(),
                    FileFault.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw InputException.data(e, "%s: the pull was interrupted: run it again to go on", repo);
        }
    }

    private Snapshot online(Repo repo, RepoCache cache, FileChoice choice, PullListener listener)
            throws TransientException, IOException, InterruptedException {
        HubClient client = new HubClient(repo, settings, sender, clock);
        BlobDownload download = new BlobDownload(client, cache, retries, pause, listener);
        Listing listing = retries.run(client::list, listener::again);
        List<RemoteFile> chosen = choose(repo, choice, listing.files());
        Path snapshot = cache.snapshot(listing.commit());
        List<RemoteFile> missing = missing(chosen, snapshot);
        checkSpace(missing);
        int fetched = 0;
        long bytes = 0;
        for (RemoteFile file : missing) {
            Blob blob = retries.run(() -> client.describe(listing.commit(), file), listener::again);
            if (download.run(listing.commit(), blob)) {
                fetched++;
                bytes += blob.size();
            }
            cache.link(blob.checksum(), snapshot.resolve(file.name()));
        }
        cache.remember(repo.revision(), listing.commit());
        return new Snapshot(snapshot, listing.commit(), names(chosen), fetched, bytes);
    }

    private static Snapshot offline(Repo repo, RepoCache cache, FileChoice choice) throws IOException {
        Optional<Path> folder =
                cache.commit(repo.revision()).map(cache::snapshot).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            throw InputException.data(
                    "%s: is not in the cache %s, and HF_HUB_OFFLINE forbids to fetch it: unset it", repo, cache.root());
        }
        Path snapshot = folder.get();
        try (Stream<Path> tree = Files.walk(snapshot)) {
            List<RemoteFile> there = tree.filter(Files::isRegularFile)
                    .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .map(RemoteFile::new)
                    .toList();
            String commit = snapshot.getFileName().toString();
            return new Snapshot(snapshot, commit, names(choose(repo, choice, there)), 0, 0);
        }
    }

    private static List<RemoteFile> choose(Repo repo, FileChoice choice, List<RemoteFile> files) {
        List<RemoteFile> chosen =
                files.stream().filter(file -> choice.takes(file.name())).toList();
        if (chosen.isEmpty()) {
            throw InputException.data(
                    "%s: none of its %d files matches %s: change %s or %s",
                    repo, files.size(), String.join(", ", choice.include()), Key.of("include"), Key.of("exclude"));
        }
        if (choice.isForModels() && names(chosen).stream().noneMatch(name -> name.endsWith(".safetensors"))) {
            throw InputException.data(
                    "%s: holds no weights in safetensors, the only form that is read here: choose a repository that does, or"
                            + " files with %s",
                    repo, Key.of("include"));
        }
        if (choice.isForAdapters()
                && !names(chosen).containsAll(List.of("adapter_config.json", "adapter_model.safetensors"))) {
            throw InputException.data(
                    "%s: holds no adapter as PEFT writes it, adapter_config.json and adapter_model.safetensors: choose a"
                            + " repository that does",
                    repo);
        }
        return chosen;
    }

    private static List<RemoteFile> missing(List<RemoteFile> chosen, Path snapshot) throws IOException {
        List<RemoteFile> missing = new ArrayList<>();
        for (RemoteFile file : chosen) {
            Path there = snapshot.resolve(file.name());
            if (!Files.isRegularFile(there)
                    || file.size().isPresent()
                            && Files.size(there) != file.size().getAsLong()) {
                missing.add(file);
            }
        }
        return missing;
    }

    private void checkSpace(List<RemoteFile> missing) throws IOException {
        Files.createDirectories(settings.cache());
        long needed = missing.stream().mapToLong(file -> file.size().orElse(0)).sum();
        long free = Files.getFileStore(settings.cache()).getUsableSpace();
        if (needed > free) {
            throw InputException.data(
                    "%s: %.1f GB are free where %.1f GB are to be pulled: make room, or choose another %s",
                    settings.cache(), free / 1e9, needed / 1e9, Key.of("cache_dir"));
        }
    }

    private static List<String> names(List<RemoteFile> files) {
        return files.stream().map(RemoteFile::name).toList();
    }
}
