package dev.nla.model.files;

import dev.nla.model.InputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes that other programs see whole or not at all: the bytes go to a temporary name in the same folder, are forced to disk and then
 * renamed. When anything fails (a full disk, a kill, an exception of the writer) the old file stays as it was; what a killed process left
 * under a temporary name is cleared away by the next write into the same folder. Failures of the file system are
 * {@link InputException}s that name the target.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Replaces {@code target} by these bytes; missing folders above it are made. */
    public static void write(Path target, byte[] bytes) {
        replace(target, temporary -> Files.write(temporary, bytes));
    }

    /** Replaces {@code target} by this text in UTF-8; missing folders above it are made. */
    public static void write(Path target, String text) {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces {@code target} by what {@code writer} puts into the temporary file it is handed. The temporary file is gone afterwards,
     * whatever happens.
     */
    public static void replace(Path target, ThrowingConsumer<Path> writer) {
        replace(target, writer, written -> {});
    }

    /**
     * Replaces {@code target} as {@link #replace(Path, ThrowingConsumer)} does, once the temporary file has been read back.
     *
     * @param reader reads the file that was written, and throws an {@link InputException} where it is not whole
     */
    public static void replace(Path target, ThrowingConsumer<Path> writer, Consumer<Path> reader) {
        Path whole = target.toAbsolutePath().normalize();
        Path temporary = beside(whole, "tmp");
        try {
            Files.createDirectories(whole.getParent());
            TemporaryName.clearAbandoned(whole.getParent());
            try {
                writer.accept(temporary);
                force(temporary);
                readBack(target, temporary, reader);
                move(temporary, whole);
                forceFolder(whole.getParent());
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UncheckedIOException e) {
            throw cannotWrite(target, e);
        }
    }

    /**
     * Gives a finished folder its final name. Every file in it is forced to disk first. A folder that already has the final name is moved
     * aside, and deleted once the new one is in place; should the process die between the two renames, the old folder is found whole under
     * a name that starts with a dot.
     *
     * @param temporary the finished folder, on the same file system as {@code target}
     * @param target its name from now on
     */
    public static void publishDirectory(Path temporary, Path target) {
        Path whole = target.toAbsolutePath().normalize();
        try {
            Files.createDirectories(whole.getParent());
            forceTree(temporary);
            Path aside = beside(whole, "old");
            boolean replaced = Files.exists(whole);
            if (replaced) {
                move(whole, aside);
            }
            move(temporary, whole);
            forceFolder(whole.getParent());
            if (replaced) {
                deleteTree(aside);
            }
            TemporaryName.clearAbandoned(whole.getParent());
        } catch (IOException | UncheckedIOException e) {
            throw cannotWrite(target, e);
        }
    }

    /** Deletes a file or a folder with everything in it; does nothing where there is none. Links are deleted, not followed. */
    public static void deleteTree(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw InputException.data(e, "%s: cannot be deleted: %s", path, FileFault.of(e));
        }
    }

    /** Reads what is to become {@code target}; an {@link InputException} that names the target where the reader throws one. */
    static void readBack(Path target, Path written, Consumer<Path> reader) {
        try {
            reader.accept(written);
        } catch (InputException e) {
            throw InputException.data(
                    e,
                    "%s: cannot be written: read back, it was not whole: %s; check the disk and its free space",
                    target,
                    e.getMessage().replace(written + ": ", "").replace(written + File.separator, ""));
        }
    }

    private static Path beside(Path whole, String mark) {
        if (whole.getFileName() == null) {
            throw InputException.data("%s: is no name for a file", whole);
        }
        return TemporaryName.beside(whole, mark);
    }

    /** Files before the folders that hold them. */
    private static void forceTree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(each)) {
                    forceFolder(each);
                } else {
                    force(each);
                }
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes a rename itself durable; systems that cannot open a folder (Windows) are left alone. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system can do this, and the file itself is already on the disk.
            return;
        }
    }

    private static InputException cannotWrite(Path target, Exception e) {
        return InputException.data(
                e,
                "%s: cannot be written: %s; check the folder, its permissions and the free space",
                target,
                FileFault.of(e));
    }
}
