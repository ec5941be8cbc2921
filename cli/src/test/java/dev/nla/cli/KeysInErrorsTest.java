package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Protects who uses the libraries without the command line: their errors name keys, which the command line alone turns into its options. */
class KeysInErrorsTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final List<String> LIBRARIES = List.of(
            "model",
            "data",
            "exchange",
            "remote",
            "reward",
            "claims",
            "bulk",
            "train",
            "eval",
            "library",
            "serve",
            "spark");
    /** Warnings, which are lines of text already where they are made; they go into files as they stand. Colours of a page are no options. */
    private static final Pattern TEXT = Pattern.compile("\\((--skip-first|--independent)\\)|var\\(--\\w+\\)");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z]");
    private static final Pattern KEY = Pattern.compile("Key\\.of\\(\"(\\w+)\"\\)");

    @Test
    void noLibraryNamesAnOptionOfTheCommandLine() throws IOException {
        Set<String> named = new TreeSet<>();
        int literals = 0;
        for (Path source : sources()) {
            for (String line : Files.readAllLines(source)) {
                Matcher literal = LITERAL.matcher(line.strip().startsWith("*") ? "" : line);
                while (literal.find()) {
                    literals++;
                    if (FLAG.matcher(TEXT.matcher(literal.group()).replaceAll(""))
                            .find()) {
                        named.add(ROOT.relativize(source) + ": " + literal.group());
                    }
                }
            }
        }
        assertThat(named).isEmpty();
        assertThat(literals).isGreaterThan(1000);
    }

    @Test
    void everyKeyOfAnErrorIsAnOptionOfSomeCommand() throws IOException {
        Set<String> options = new TreeSet<>();
        collect(
                Main.commandLine(
                        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), name -> true),
                options);
        Set<String> keys = new TreeSet<>();
        for (Path source : sources()) {
            Matcher key = KEY.matcher(Files.readString(source));
            while (key.find()) {
                keys.add(Failures.flag(Key.of(key.group(1))));
            }
        }
        assertThat(keys).hasSizeGreaterThan(30).isSubsetOf(options);
    }

    private static void collect(CommandLine command, Set<String> options) {
        options.addAll(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(each -> collect(each, options));
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : LIBRARIES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all;
    }
}
