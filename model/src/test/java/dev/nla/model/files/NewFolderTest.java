package dev.nla.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects output folders: whole or not there, made by one process at a time, and clear of what a killed one left. */
class NewFolderTest {
    @TempDir
    private Path folder;

    /** The other process: is busy making a folder until it is killed. */
    public static void main(String[] arguments) {
        NewFolder.make(Path.of(arguments[0]), temporary -> {
            Files.writeString(temporary.resolve("half"), "half");
            System.out.println("busy");
            System.in.read();
        });
    }

    @Test
    void twoProcessesLockEachOtherOutAndAKilledOneLeavesNothing() throws Exception {
        Path target = folder.resolve("out");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NewFolderTest.class.getName(),
                        target.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("busy");
            assertThatThrownBy(() -> NewFolder.make(target, temporary -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(target + ": another process is writing it");
            assertThat(folder.resolve(".out.writing/half")).exists();
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(list()).contains(".out.writing");
        NewFolder.make(target, temporary -> Files.writeString(temporary.resolve("all"), "all"));
        assertThat(list()).containsExactly("out");
        assertThat(target.resolve("half")).doesNotExist();
        assertThat(target.resolve("all")).exists();
    }

    @Test
    void aFailureLeavesNeitherFolderNorLock() throws IOException {
        Path target = folder.resolve("out");
        assertThatThrownBy(() -> NewFolder.make(target, temporary -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("out")
                .hasMessageContaining("No space left on device");
        assertThat(list()).isEmpty();
    }

    @Test
    void whatLongWorkKeepsOutlivesAFailureAndIsGoneWithTheLastStep() throws IOException {
        Path target = folder.resolve("out");
        assertThatThrownBy(() -> NewFolder.make(target, "kept", temporary -> {
                    Files.writeString(temporary.resolve("kept"), "half of it");
                    Files.writeString(temporary.resolve("half"), "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(InputException.class);
        assertThat(list()).containsExactly(".out.writing");
        NewFolder.make(target, "kept", temporary -> {
            assertThat(temporary.resolve("half")).doesNotExist();
            assertThat(temporary.resolve("kept")).hasContent("half of it");
            Files.writeString(temporary.resolve("all"), "all");
        });
        assertThat(list()).containsExactly("out");
        assertThat(target.resolve("kept")).doesNotExist();
        Files.writeString(target.resolve("kept"), "killed before it was deleted");
        assertThatThrownBy(() -> NewFolder.make(target, "kept", temporary -> {}))
                .hasMessageContaining("is not empty");
        assertThat(target.resolve("kept")).doesNotExist();
        assertThat(target.resolve("all")).hasContent("all");
    }

    private List<String> list() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
