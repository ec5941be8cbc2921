package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ThrowingConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a run that hold its result, such as {@code adapter/}: each appears only when all of it is on disk.
 *
 * @param directory the run's folder
 */
record ResultFolders(Path directory) {
    /**
     * Makes the folders of a checkpoint, this one last, in place of older ones.
     *
     * @return the folder of that name in the run's
     */
    Path publish(Path checkpoint, String result) {
        for (String name : folders(checkpoint)) {
            if (!name.equals(result)) {
                publish(name, target -> copyFiles(checkpoint.resolve(name), target));
            }
        }
        return publish(result, target -> copyFiles(checkpoint.resolve(result), target));
    }

    /** Makes one of them, in place of an older one. */
    Path publish(String name, ThrowingConsumer<Path> content) {
        Path target = directory.resolve(name);
        Path temporary = directory.resolve("." + name + ".tmp");
        try {
            AtomicFiles.deleteTree(temporary);
            Files.createDirectories(temporary);
            content.accept(temporary);
            AtomicFiles.publishDirectory(temporary, target);
            return target;
        } catch (IOException | UncheckedIOException e) {
            throw InputException.data(
                    e, "%s cannot be written (%s): make room, then %s auto", target, FileFault.of(e), Key.of("resume"));
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
    }

    private static List<String> folders(Path checkpoint) {
        try (Stream<Path> children = Files.list(checkpoint)) {
            return children.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw InputException.data(e, "%s cannot be read (%s)", checkpoint, FileFault.of(e));
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
