package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Protects readers from guides that send them to files which are not there. */
class GuidesTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern PATH =
            Pattern.compile("`((?:cli|eval|model|reward|train|scripts|docs|dist)/[\\w./-]+)`");

    @Test
    void everyLinkOfAGuideLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (String target : found(LINK, page)) {
                links++;
                if (!Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void everyPathThatContributorsAreSentToExists() throws IOException {
        for (String name : List.of("CONTRIBUTING.md", "RELEASING.md")) {
            List<String> named = found(PATH, ROOT.resolve(name));
            assertThat(named).as(name).isNotEmpty().allSatisfy(path -> {
                if (!path.contains("/target/")) {
                    assertThat(ROOT.resolve(path)).exists();
                }
            });
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, Path page) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(page));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
