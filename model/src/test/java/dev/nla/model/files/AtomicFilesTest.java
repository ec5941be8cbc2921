package dev.nla.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the promise that a file or folder is seen whole or not at all, and that failed writes leave nothing behind. */
class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReplacesMakingFoldersOnTheWay() throws IOException {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFiles.write(file, "eins ●");
        AtomicFiles.write(file, "zwei");
        assertThat(file).hasContent("zwei");
        assertThat(list(file.getParent())).containsExactly("c.txt");
    }

    @Test
    void aFailedWriterLeavesTheOldFileAndNoTemporaryOne() throws IOException {
        Path file = folder.resolve("kept.txt");
        AtomicFiles.write(file, "old");
        assertThatThrownBy(() -> AtomicFiles.replace(file, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("kept.txt")
                .hasMessageContaining("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(list(folder)).containsExactly("kept.txt");
    }

    @Test
    void whatCannotBeReadBackGetsNoName() throws IOException {
        Path file = folder.resolve("kept.txt");
        AtomicFiles.write(file, "old");
        assertThatThrownBy(
                        () -> AtomicFiles.replace(file, temporary -> Files.writeString(temporary, "new"), written -> {
                            assertThat(written).hasContent("new");
                            throw InputException.data("%s: it ended early", written);
                        }))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "%s: cannot be written: read back, it was not whole: it ended early;"
                                + " check the disk and its free space",
                        file);
        assertThat(file).hasContent("old");
        assertThat(list(folder)).containsExactly("kept.txt");
        assertThatThrownBy(() -> NewFolder.make(
                        folder.resolve("made"), made -> Files.writeString(made.resolve("x"), "new"), made -> {
                            assertThat(made.resolve("x")).hasContent("new");
                            throw InputException.data("%s: it ended early", made.resolve("x"));
                        }))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("made: cannot be written", "not whole: x: it ended early");
        assertThat(list(folder)).containsExactly("kept.txt");
    }

    @Test
    void aBugInTheWriterLeavesNoTemporaryFileEither() throws IOException {
        assertThatThrownBy(() -> AtomicFiles.replace(folder.resolve("x"), temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(list(folder)).isEmpty();
    }

    @Test
    void aFullDiskIsReportedWithTheTargetsName() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full));
        Path file = folder.resolve("full.txt");
        assertThatThrownBy(() -> AtomicFiles.replace(file, temporary -> Files.write(full, new byte[1 << 16])))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("full.txt")
                .hasMessageContaining("free space");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderCannotBeMadeWhereAFileIs() {
        Path file = folder.resolve("file");
        AtomicFiles.write(file, "x");
        assertThatThrownBy(() -> AtomicFiles.write(file.resolve("below"), "y"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("below");
    }

    @Test
    void publishesAFolderOverAnOlderOne() throws IOException {
        Path target = folder.resolve("checkpoint-1");
        AtomicFiles.write(target.resolve("old.txt"), "old");
        Path temporary = folder.resolve(".tmp");
        AtomicFiles.write(temporary.resolve("deep/new.txt"), "new");
        AtomicFiles.publishDirectory(temporary, target);
        assertThat(target.resolve("deep/new.txt")).hasContent("new");
        assertThat(list(folder)).containsExactly("checkpoint-1");
        assertThat(list(target)).containsExactly("deep");
    }

    @Test
    void deletesATreeWithoutFollowingLinks() throws IOException {
        AtomicFiles.write(folder.resolve("kept/file"), "x");
        AtomicFiles.write(folder.resolve("gone/file"), "x");
        Files.createSymbolicLink(folder.resolve("gone/link"), folder.resolve("kept"));
        AtomicFiles.deleteTree(folder.resolve("gone"));
        AtomicFiles.deleteTree(folder.resolve("never there"));
        assertThat(list(folder)).containsExactly("kept");
        assertThat(folder.resolve("kept/file")).exists();
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatKilledProcessesLeftIsClearedAndWhatLivingOnesWriteIsNot() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("version.txt").toFile())
                .start();
        killed.waitFor();
        Path other = folder.resolve("other.txt");
        Path mine = TemporaryName.beside(other, "tmp");
        String ofThis = "-" + ProcessHandle.current().pid() + "-";
        Path left = Path.of(mine.toString().replace(ofThis, "-" + killed.pid() + "-"));
        Path leftFolder =
                Path.of(TemporaryName.beside(other, "old").toString().replace(ofThis, "-" + killed.pid() + "-"));
        Files.writeString(mine, "half");
        Files.writeString(left, "half");
        Files.writeString(Files.createDirectory(leftFolder).resolve("old"), "old");
        AtomicFiles.write(folder.resolve("new.txt"), "new");
        assertThat(mine).exists();
        assertThat(left).doesNotExist();
        assertThat(leftFolder).as("the only copy of what it was").exists();
        AtomicFiles.write(other, "again");
        AtomicFiles.write(folder.resolve("new.txt"), "newer");
        assertThat(leftFolder).doesNotExist();
        assertThat(mine).exists();
    }
}
