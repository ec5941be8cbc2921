package dev.nla.model.files;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Keeps two processes from writing one output at a time: a lock file {@code .NAME.lock} beside it, gone when the output is written. */
public final class OutputLock {
    private OutputLock() {}

    /**
     * Does work on an output while no other process does any under this lock.
     *
     * @param output a file or folder, which need not be there yet
     * @throws InputException where another process is at work on it, or the file system refuses
     */
    public static <T> T during(Path output, Supplier<T> work) {
        Path whole = output.toAbsolutePath().normalize();
        ProcessLock lock = take(whole, output);
        try {
            return work.get();
        } finally {
            release(lock, output);
        }
    }

    /** The same for several outputs; one that is named twice counts once. */
    public static <T> T during(List<Path> outputs, Supplier<T> work) {
        List<Path> distinct = outputs.stream()
                .map(output -> output.toAbsolutePath().normalize())
                .distinct()
                .toList();
        return distinct.isEmpty()
                ? work.get()
                : during(distinct.get(0), () -> during(distinct.subList(1, distinct.size()), work));
    }

    private static ProcessLock take(Path whole, Path named) {
        if (whole.getFileName() == null) {
            throw InputException.data("%s: is no name for an output", named);
        }
        try {
            return ProcessLock.tryTake(whole.resolveSibling("." + whole.getFileName() + ".lock"))
                    .orElseThrow(() -> InputException.data(
                            "%s: another process is writing it: wait for that one, or choose another output", named));
        } catch (IOException e) {
            throw InputException.data(
                    e, "%s: cannot be made: %s: check the folder and its permissions", named, FileFault.of(e));
        }
    }

    private static void release(ProcessLock lock, Path named) {
        try {
            lock.closeAndDelete();
        } catch (IOException e) {
            throw InputException.data(e, "%s: its lock cannot be let go of: %s", named, FileFault.of(e));
        }
    }
}
