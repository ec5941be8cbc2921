package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Copies of folders with something wrong in them, and what has to be said about them. */
record Spoiled(Path folder) {
    /** The command failed or was used wrongly. */
    static final int FAILED = 1;

    static final int USAGE = 2;

    /** The outcome is one clear line that has these parts, and nothing else. */
    static void refused(Outcome outcome, int code, String... parts) {
        assertThat(outcome.err()).startsWith("nla: ").contains(parts).hasLineCount(1);
        assertThat(outcome.err()).doesNotContain("unexpected");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
    }

    /** A copy in which one file is changed. */
    Path edited(Path original, String file, UnaryOperator<String> change) throws IOException {
        Path copy = copy(original);
        String before = Files.readString(copy.resolve(file));
        String after = change.apply(before);
        assertThat(after).as("the edit of %s", file).isNotEqualTo(before);
        Files.writeString(copy.resolve(file), after);
        return copy;
    }

    /** A copy of the files right in a folder. */
    Path copy(Path original) throws IOException {
        Path copy = folder.resolve("copy of " + original.getFileName());
        AtomicFiles.deleteTree(copy);
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** All files below a folder with what is in them. */
    static Map<Path, String> contents(Path folder) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    contents.put(file, new BigInteger(1, Files.readAllBytes(file)).toString(16));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
        return contents;
    }
}
