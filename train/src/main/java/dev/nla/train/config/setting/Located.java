package dev.nla.train.config.setting;

import java.nio.file.Path;

/**
 * A model or an adapter that a setting names.
 *
 * @param name a folder as it was written, or {@code REPO@COMMIT}, what was pulled of a hub's repository
 * @param folder where it lies
 */
public record Located(String name, Path folder) {
    /** A folder by its own name. */
    public static Located at(String folder) {
        Path path = Path.of(folder.strip());
        return new Located(path.toString(), path);
    }

    /** What others may call it: a repository has the same name at every commit. */
    public String lastingName() {
        return name.equals(folder.toString()) ? name : name.substring(0, name.lastIndexOf('@'));
    }

    @Override
    public String toString() {
        return name;
    }
}
