package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects that kernels can be read: short files that say what they hold, types by name, imports that are used, and a page that knows them. */
class KernelFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final Path PAGE = ROOT.resolve("docs/explanation/kernels.md");
    private static final int MOST_LINES = 120;
    private static final int MOST_COLUMNS = 120;
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (\\w+)$");
    /** A type by torch's number of it, and arithmetic spelt as calls. */
    private static final Pattern UNREADABLE = Pattern.compile(
            "dtype=\\d|\\.to\\(\\d|torch\\.to\\(|torch\\.(sub|mul|div|floordiv|gt|lt|ge|le|eq|ne|neg|append|slice|select|__\\w+)\\(");

    private static final Pattern DIFF = Pattern.compile("(?s)```diff\\n(.*?)```");

    static List<Path> files() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/resources"))
                    .filter(Files::isDirectory)
                    .flatMap(KernelFilesTest::below)
                    .filter(file -> file.getParent().endsWith("kernels")
                            && file.toString().endsWith(".py"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsShortAndSaysWhatItHolds(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).as("lines of %s", file).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(lines).allMatch(line -> line.length() <= MOST_COLUMNS);
        assertThat(lines.get(0)).startsWith("# ");
    }

    @ParameterizedTest
    @MethodSource("files")
    void typesGoByNameAndArithmeticBySigns(Path file) throws IOException {
        assertThat(Files.readAllLines(file))
                .noneMatch(line -> UNREADABLE.matcher(line).find());
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsImportedIsUsed(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(IMPORT.matcher(text).results().map(found -> found.group(1)))
                .allMatch(name -> Pattern.compile("(?<![\\w.])" + name + "\\.")
                        .matcher(text)
                        .find());
    }

    @ParameterizedTest
    @MethodSource("files")
    void thePageNamesTheFile(Path file) throws IOException {
        assertThat(PAGE).content().contains("`" + file.getFileName() + "`");
    }

    @Test
    void theRecipeFitsTheAttention() throws IOException {
        Path kernels = ROOT.resolve("model/src/main/resources/dev/nla/model/decoder/kernels");
        String text = Files.readString(kernels.resolve("attention.py"));
        List<String> recipes = DIFF.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1)
                        .lines()
                        .filter(line -> !line.startsWith("+"))
                        .map(line -> line.substring(1) + "\n")
                        .reduce("", String::concat))
                .toList();
        assertThat(recipes).hasSize(3).allMatch(text::contains);
    }
}
