package dev.nla.data.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what runs and results are recognized by: the standard's digest of bytes, and of a folder one that names and contents change. */
class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    @Test
    void aFileHasTheStandardsDigest() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "a");
        Path two = Files.writeString(folder.resolve("two"), "bc");
        assertThat(Sha256.of(one, two)).isEqualTo(ABC);
        assertThat(Sha256.ofTree(Files.writeString(folder.resolve("abc"), "abc")))
                .isEqualTo(ABC);
    }

    @Test
    void aFoldersDigestChangesWithNamesAndContents() throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("tree")).resolve("a"), "x");
        String before = Sha256.ofTree(file.getParent());
        Files.writeString(file, "y");
        String written = Sha256.ofTree(file.getParent());
        Path renamed = Files.move(file, file.resolveSibling("b"));
        assertThat(Sha256.ofTree(file.getParent())).isNotIn(before, written);
        Files.writeString(Files.move(renamed, file), "x");
        assertThat(written).isNotEqualTo(before);
        assertThat(Sha256.ofTree(file.getParent())).isEqualTo(before);
    }

    @Test
    void whatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Sha256.of(missing))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> Sha256.ofTree(missing))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("missing");
    }
}
