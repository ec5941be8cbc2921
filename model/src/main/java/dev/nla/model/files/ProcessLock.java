package dev.nla.model.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/** A file that one process at a time holds. The hold ends with the process, however that ends. */
public final class ProcessLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes hold of a file, which is made where it is missing; empty where it is held, by another process or in this one. */
    public static Optional<ProcessLock> tryTake(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        while (true) {
            Optional<Object> before = existing(file);
            FileChannel channel;
            try {
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
            } catch (NoSuchFileException deleted) {
                continue;
            }
            boolean taken = false;
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    return Optional.empty();
                }
                // Whoever held it may have deleted the file in between: then the one that is there now has to be held.
                taken = before.isPresent() && before.equals(key(file));
                if (taken) {
                    return Optional.of(new ProcessLock(file, channel));
                }
            } catch (OverlappingFileLockException e) {
                return Optional.empty();
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    private static Optional<Object> existing(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException there) {
            // Made by an earlier holder, or by the one there is now.
            return key(file);
        }
        return key(file);
    }

    /** What tells a file from another one of the same name; the name itself on systems that know nothing better. */
    private static Optional<Object> key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Optional.of(Objects.requireNonNullElse(key, file));
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        }
    }

    /** Lets go of it; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Lets go of it and deletes the file, where the system lets it. */
    public void closeAndDelete() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            close();
        }
    }
}
