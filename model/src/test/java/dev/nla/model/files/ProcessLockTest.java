package dev.nla.model.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that one process at a time holds a file, and that a process that was killed holds none. */
class ProcessLockTest {
    @TempDir
    private Path folder;

    /** The other process: holds the file until it is killed. */
    public static void main(String[] arguments) throws IOException {
        Optional<ProcessLock> lock = ProcessLock.tryTake(Path.of(arguments[0]));
        System.out.println(lock.isPresent() ? "held" : "refused");
        System.in.read();
    }

    @Test
    void anotherProcessKeepsItUntilItIsKilled() throws Exception {
        Path file = folder.resolve("below/lock");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProcessLockTest.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            assertThat(ProcessLock.tryTake(file)).isEmpty();
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        taken(file).close();
    }

    @Test
    void thisProcessTakesItOnceAtATime() throws IOException {
        Path file = folder.resolve("lock");
        ProcessLock lock = taken(file);
        assertThat(ProcessLock.tryTake(file)).isEmpty();
        lock.close();
        taken(file).close();
    }

    private static ProcessLock taken(Path file) throws IOException {
        return ProcessLock.tryTake(file).orElseThrow();
    }

    @Test
    void aDeletedFileIsHeldByNobodyButTheOneWhoMadeItAnew() throws IOException {
        Path file = folder.resolve("lock");
        taken(file).closeAndDelete();
        assertThat(file).doesNotExist();
        ProcessLock again = taken(file);
        assertThat(file).exists();
        assertThat(ProcessLock.tryTake(file)).isEmpty();
        again.closeAndDelete();
    }
}
