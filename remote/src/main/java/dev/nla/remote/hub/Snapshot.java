package dev.nla.remote.hub;

import dev.nla.model.files.NewFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A pulled revision in the cache.
 *
 * @param folder holds the files, as links
 * @param commit the commit it is of
 * @param files the chosen files' names, all there
 * @param fetched how many of them came over the network this time
 * @param bytes how many bytes those have
 */
public record Snapshot(Path folder, String commit, List<String> files, int fetched, long bytes) {
    /** Whether a folder is that of a model's revision in a cache, which other programs use too: {@code models--ORG--NAME/snapshots/COMMIT}. */
    public static boolean isAt(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        int names = whole.getNameCount();
        return names > 2
                && whole.getName(names - 2).toString().equals("snapshots")
                && whole.getName(names - 3).toString().startsWith("models--");
    }

    /**
     * Copies the chosen files, as files of their own, into a new folder, which is seen once it is whole.
     *
     * @throws dev.nla.model.InputException where the folder is not free, or the file system refuses
     */
    public void copyTo(Path output) {
        NewFolder.make(output, temporary -> {
            for (String name : files) {
                Path copy = temporary.resolve(name);
                Files.createDirectories(copy.getParent());
                Files.copy(folder.resolve(name), copy);
            }
        });
    }
}
