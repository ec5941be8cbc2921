package dev.nla.model.files;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        make(target, Optional.empty(), writer, reader);
    }

    /**
     * Makes a folder as {@link #make(Path, ThrowingConsumer)} does, by work so long that it may take several calls. A file of this name
     * that {@code writer} leaves in the temporary folder is there again when it failed or was killed and is called once more. It is gone
     * when the folder has its name.
     */
    public static void make(Path target, String kept, ThrowingConsumer<Path> writer) {
        finish(target, kept);
        make(target, Optional.of(kept), writer, written -> {});
    }

    /** Takes away the kept file that a run which was killed at the very end left in the finished folder. */
    public static void finish(Path target, String kept) {
        AtomicFiles.deleteTree(target.resolve(kept));
    }

    private static void make(Path target, Optional<String> kept, ThrowingConsumer<Path> writer, Consumer<Path> reader) {
        requireFree(target);
        OutputLock.during(target, () -> {
            requireFree(target);
            return write(target, kept, writer, reader);
        });
    }

    private static Path write(
            Path target, Optional<String> kept, ThrowingConsumer<Path> writer, Consumer<Path> reader) {
        Path whole = target.toAbsolutePath().normalize();
        Path temporary = whole.resolveSibling("." + whole.getFileName() + ".writing");
        try {
            clear(temporary, kept);
            Files.createDirectories(temporary);
            writer.accept(temporary);
            AtomicFiles.readBack(target, temporary, reader);
            AtomicFiles.publishDirectory(temporary, whole);
            kept.ifPresent(name -> finish(whole, name));
            return whole;
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be written: %s: check the free space", target, FileFault.of(e));
        } finally {
            clear(temporary, kept);
        }
    }

    /** Deletes all but what is kept, and the folder where nothing is. */
    private static void clear(Path temporary, Optional<String> kept) {
        Optional<Path> left = kept.map(temporary::resolve).filter(Files::exists);
        if (left.isEmpty()) {
            AtomicFiles.deleteTree(temporary);
            return;
        }
        try (Stream<Path> entries = Files.list(temporary)) {
            entries.filter(entry -> !entry.equals(left.get())).toList().forEach(AtomicFiles::deleteTree);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", temporary, FileFault.of(e));
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
