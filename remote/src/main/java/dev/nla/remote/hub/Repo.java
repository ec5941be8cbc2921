package dev.nla.remote.hub;

import dev.nla.model.InputException;
import java.util.regex.Pattern;

/**
 * A repository at a revision.
 *
 * @param type what it holds
 * @param name {@code organisation/name}, or a name alone
 * @param revision a branch, a tag, a reference such as {@code refs/pr/1}, or a commit
 */
public record Repo(RepoType type, String name, String revision) {
    /** The revision that is meant where none is given. */
    public static final String MAIN = "main";

    private static final Pattern NAME = Pattern.compile("(\\w[\\w.-]*/)?\\w[\\w.-]*", Pattern.UNICODE_CASE);
    private static final Pattern REVISION = Pattern.compile("[\\w][\\w.+-]*(/[\\w][\\w.+-]*)*");
    private static final int LONGEST = 96;

    /**
     * Checks name and revision by the hub's own rules, which also keep them harmless as names of files.
     *
     * @throws InputException (usage) where one breaks them
     */
    public Repo {
        if (!NAME.matcher(name).matches()
                || name.length() > LONGEST
                || name.contains("--")
                || name.contains("..")
                || name.endsWith(".git")) {
            throw InputException.usage(
                    "%s: is no name of a repository: organisation/name was expected, of letters, digits, '-', '_' and '.'",
                    name);
        }
        if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
            throw InputException.usage(
                    "%s@%s: is no revision: a branch, a tag or a commit was expected", name, revision);
        }
    }

    /** Reads {@code NAME} or {@code NAME@REVISION}. */
    public static Repo parse(RepoType type, String text) {
        int at = text.indexOf('@');
        return at < 0 ? new Repo(type, text, MAIN) : new Repo(type, text.substring(0, at), text.substring(at + 1));
    }

    /** The folder that the cache keeps for it. */
    String folder() {
        return type.plural() + "--" + name.replace("/", "--");
    }

    @Override
    public String toString() {
        return revision.equals(MAIN) ? name : name + "@" + revision;
    }
}
