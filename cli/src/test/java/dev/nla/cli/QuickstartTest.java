package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the quickstart's folder: what is not a quickstart, or one of another seed, is left as it is. */
class QuickstartTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderThatHoldsSomethingElseIsRefusedAndLeftAlone() throws IOException {
        Path output = Files.createDirectory(folder.resolve("thesis"));
        Files.writeString(output.resolve("chapter.txt"), "words");
        Outcome outcome = Outcome.of("quickstart", "--output", output);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(output.toString(), "something else than a quickstart");
        assertThat(output).isDirectoryContaining(file -> file.endsWith("chapter.txt"));
        assertThat(Files.list(output)).hasSize(1);
    }

    @Test
    void aQuickstartOfAnotherSeedIsRefused() throws IOException {
        Path output = Files.createDirectory(folder.resolve("run"));
        Files.writeString(output.resolve("quickstart.json"), "{\"rows\": 16000, \"seed\": 3}");
        Outcome outcome = Outcome.of("quickstart", "--output", output, "--seed", 4);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--seed 3", "--seed 4", output.toString());
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
        Path output = Files.writeString(folder.resolve("file"), "words");
        Outcome outcome = Outcome.of("quickstart", "--output", output);
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(output).hasContent("words");
    }

    @Test
    void aSeedThatIsNoNumberIsRefused() {
        Outcome outcome = Outcome.of("quickstart", "--output", folder.resolve("run"), "--seed", "lucky");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--seed", "lucky");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void tooFewScenesAreRefused() {
        Outcome outcome = Outcome.of("quickstart", "--output", folder.resolve("run"), "--rows", 12);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--rows 12", "600");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "words");
        Path output = file.resolve("run");
        Outcome outcome = Outcome.of("quickstart", "--output", output);
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err()).contains(file.toString());
        assertThat(outcome.err().lines()).hasSize(1);
    }
}
