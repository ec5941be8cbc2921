package dev.nla.cli.option;

import dev.nla.model.InputException;
import dev.nla.remote.hub.FileChoice;
import dev.nla.remote.hub.Repo;
import dev.nla.remote.hub.RepoType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands on the command line for a model or an adapter: a folder, or {@code REPO[@REV]}, a repository of a hub, which is pulled into
 * the cache when its folder is asked for. A folder of that name wins, and so does one that begins like it: {@code runs/sftt} is a slip
 * where there is a folder {@code runs}, unless a revision makes it a repository.
 *
 * @param given as it was written
 * @param hub where repositories come from
 */
public record FolderOrRepo(String given, Hub hub) {
    private static final Pattern REPO = Pattern.compile("(\\w[\\w.-]*/\\w[\\w.-]*|(\\w[\\w.-]*/)?\\w[\\w.-]*@.+)");

    /** The folder of a model. */
    public Path model() {
        return folder(FileChoice.MODEL);
    }

    /** The folder of an adapter; of a repository nothing else is pulled. */
    public Path adapter() {
        return folder(FileChoice.ADAPTER);
    }

    /** The folder of a model of which settings and tokenizer are wanted, not the weights. */
    public Path settings() {
        return folder(FileChoice.SETTINGS);
    }

    /** The repository, where it is one. */
    public Optional<Repo> repo() {
        Path path = Path.of(given);
        boolean slip = path.getNameCount() > 1 && given.indexOf('@') < 0 && Files.isDirectory(path.getName(0));
        return Files.exists(path) || slip || !REPO.matcher(given).matches()
                ? Optional.empty()
                : Optional.of(Repo.parse(RepoType.MODEL, given));
    }

    /** What it is called without the folders or the organisation before it, and without a revision. */
    public String name() {
        return repo().map(repo -> repo.name().substring(repo.name().indexOf('/') + 1))
                .orElseGet(() -> NamedFolder.last(Path.of(given)));
    }

    private Path folder(FileChoice choice) {
        Optional<Repo> repo = repo();
        if (repo.isEmpty()) {
            return Path.of(given);
        }
        try {
            return hub.folder(repo.get(), choice);
        } catch (InputException e) {
            throw InputException.data(e, "%s: is no folder, and of the hub: %s", given, e);
        }
    }

    @Override
    public String toString() {
        return given;
    }
}
