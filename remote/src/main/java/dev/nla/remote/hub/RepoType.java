package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.model.Key;

/** What a repository holds. */
public enum RepoType {
    /** Checkpoints and adapters. */
    MODEL("model", ""),
    /** Data sets. */
    DATASET("dataset", "datasets/");

    private final String text;
    private final String urlPrefix;

    RepoType(String text, String urlPrefix) {
        this.text = text;
        this.urlPrefix = urlPrefix;
    }

    /**
     * Reads a name as it is given on the command line.
     *
     * @throws InputException (usage) where it is neither
     */
    public static RepoType parse(String text) {
        for (RepoType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw InputException.usage("%s %s: model or dataset was expected", Key.of("repo_type"), text);
    }

    /** The plural, as it stands in the addresses of the hub's API and in the cache's folders. */
    String plural() {
        return text + "s";
    }

    /** What stands before the repository's name in the addresses of files. */
    String urlPrefix() {
        return urlPrefix;
    }
}
