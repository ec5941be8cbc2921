package dev.nla.cli.option;

import dev.nla.cli.terminal.PullProgress;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.RetryPolicy;
import dev.nla.remote.hub.FileChoice;
import dev.nla.remote.hub.HubSettings;
import dev.nla.remote.hub.Pull;
import dev.nla.remote.hub.Repo;
import dev.nla.remote.hub.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The hub that the environment names, and the cache on this machine that huggingface_hub keeps too. */
public final class Hub {
    private final Map<String, String> environment;
    private final Supplier<PrintWriter> err;
    private final Map<String, Path> asked = new HashMap<>();

    /**
     * A hub.
     *
     * @param environment variables by name, as huggingface_hub reads them
     * @param err where progress is shown
     */
    public Hub(Map<String, String> environment, Supplier<PrintWriter> err) {
        this.environment = environment;
        this.err = err;
    }

    /** What the variables say, unless an endpoint or a cache is given. */
    public HubSettings settings(Optional<String> endpoint, Optional<Path> cache) {
        // As Python has it, which asks the variable before the system.
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return HubSettings.of(environment, home, endpoint, cache);
    }

    /** Pulls the chosen files of a repository, with progress. */
    public Snapshot pull(HubSettings settings, Repo repo, FileChoice choice) {
        Retries retries = new Retries(RetryPolicy.DEFAULT, Pause.real(), RandomGenerator.getDefault());
        try (PullProgress progress = new PullProgress(err.get())) {
            return new Pull(settings, retries, Pause.real(), Clock.systemUTC()).run(repo, choice, progress);
        }
    }

    /** The folder of a repository in the cache, after what is not there yet was pulled; asked once a run. */
    Path folder(Repo repo, FileChoice choice) {
        return asked.computeIfAbsent(repo + " " + choice.include(), key -> {
            Snapshot pulled = pull(settings(Optional.empty(), Optional.empty()), repo, choice);
            if (pulled.fetched() > 0) {
                report(repo, pulled);
            }
            return pulled.folder();
        });
    }

    /** Says in one line what was pulled. */
    public void report(Repo repo, Snapshot pulled) {
        err.get()
                .printf(
                        Locale.ROOT,
                        "%s at %s: %d files, %d of them fetched (%.1f MB)%n",
                        repo,
                        pulled.commit().substring(0, 8),
                        pulled.files().size(),
                        pulled.fetched(),
                        pulled.bytes() / 1e6);
    }
}
