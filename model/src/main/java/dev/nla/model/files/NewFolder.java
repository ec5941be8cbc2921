package dev.nla.model.files;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes folders that are seen whole or not at all. */
public final class NewFolder {
    private NewFolder() {}

    /**
     * Makes a folder of what {@code writer} puts into a temporary one beside it. One process at a time makes a folder of that name. What a
     * killed one left half-written is cleared away by the next.
     *
     * @param target the folder to make; one that is there must be empty
     * @throws InputException where {@code target} holds something, another process is making it, or the file system refuses
     */
    public static void make(Path target, ThrowingConsumer<Path> writer) {
        make(target, writer, written -> {});
    }

    /**
     * Makes a folder as {@link #make(Path, ThrowingConsumer)} does, once the temporary one has been read back.
     *
     * @param reader reads the folder that was written, and throws an {@link InputException} where it is not whole
     */
    public static void make(Path target, ThrowingConsumer<Path> writer, Consumer<Path> reader) {
        requireFree(target);
        OutputLock.during(target, () -> {
            requireFree(target);
            return write(target, writer, reader);
        });
    }

    private static Path write(Path target, ThrowingConsumer<Path> writer, Consumer<Path> reader) {
        Path whole = target.toAbsolutePath().normalize();
        Path temporary = whole.resolveSibling("." + whole.getFileName() + ".writing");
        try {
            AtomicFiles.deleteTree(temporary);
            Files.createDirectories(temporary);
            writer.accept(temporary);
            AtomicFiles.readBack(target, temporary, reader);
            AtomicFiles.publishDirectory(temporary, whole);
            return whole;
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be written: %s: check the free space", target, FileFault.of(e));
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
    }

    /** An {@link InputException} where {@code target} is a file, or a folder with something in it. */
    public static void requireFree(Path target) {
        if (Files.isDirectory(target)) {
            try (Stream<Path> entries = Files.list(target)) {
                if (entries.findAny().isPresent()) {
                    throw InputException.data(
                            "%s: is not empty: choose a new folder for the output, which is made", target);
                }
            } catch (IOException e) {
                throw InputException.data(e, "%s: cannot be read: %s", target, FileFault.of(e));
            }
        } else if (Files.exists(target)) {
            throw InputException.data("%s: is a file: choose a new folder for the output", target);
        }
    }
}
