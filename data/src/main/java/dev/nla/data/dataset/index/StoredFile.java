package dev.nla.data.dataset.index;

import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an index names.
 *
 * @param name in the index's folder
 * @param bytes how long it is
 * @param sha256 of its bytes
 */
public record StoredFile(String name, long bytes, String sha256) {
    private static final String REMEDY = "copy or download the dataset again, or make it anew";

    /** The entry for a file that is there, which is read. */
    public static StoredFile of(Path file) {
        return new StoredFile(file.getFileName().toString(), size(file), Sha256.of(file));
    }

    /** The file, once it is seen to be there with all its bytes; they are not read. */
    public Path in(Path folder) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw InputException.data("%s: is missing, but %s names it: %s", file, ShardIndex.NAME, REMEDY);
        }
        if (size(file) != bytes) {
            throw InputException.data(
                    "%s: has %d bytes where %s says %d: %s", file, size(file), ShardIndex.NAME, bytes, REMEDY);
        }
        return file;
    }

    /** The same, once its bytes were read and found to be those of the index. */
    public Path verified(Path folder) {
        Path file = in(folder);
        String found = Sha256.of(file);
        if (!found.equals(sha256)) {
            throw InputException.data(
                    "%s: its SHA-256 is %s where %s says %s: it was changed or damaged, %s",
                    file, found, ShardIndex.NAME, sha256, REMEDY);
        }
        return file;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, FileFault.of(e));
        }
    }
}
