package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Protects newcomers from a drawing of another house: its arrows are those that are held, and every module and package stands in it. */
class LayoutTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final Path PAGE = ROOT.resolve("docs/explanation/layout.md");
    private static final String BEGIN = "<!-- packages -->\n";
    private static final String END = "<!-- end of packages -->";
    private static final List<String> MODULES = List.of(
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
            "cli",
            "spark");

    @Test
    void theArrowsOfTheDrawingAreThoseThatAreHeld() throws IOException {
        Map<String, Set<String>> drawn = new TreeMap<>();
        Matcher arrow = Pattern.compile("(?m)^  (\\w+) --> (\\w+)$").matcher(Files.readString(PAGE));
        while (arrow.find()) {
            drawn.computeIfAbsent(arrow.group(1), from -> new TreeSet<>()).add(arrow.group(2));
        }
        assertThat(ArchitectureTest.ARROWS.keySet()).containsExactlyInAnyOrderElementsOf(MODULES);
        for (String module : MODULES) {
            assertThat(reached(module, drawn))
                    .as("what %s uses", module)
                    .containsExactlyInAnyOrderElementsOf(ArchitectureTest.ARROWS.get(module));
        }
    }

    private static Set<String> reached(String module, Map<String, Set<String>> drawn) {
        Set<String> reached = new TreeSet<>();
        for (String next : drawn.getOrDefault(module, Set.of())) {
            reached.add(next);
            reached.addAll(reached(next, drawn));
        }
        return reached;
    }

    @Test
    void everyPackageStandsThereWithWhatItHolds() throws IOException {
        String page = Files.readString(PAGE);
        String packages = packages();
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if ("write".equals(System.getProperty("nla.reference"))) {
            Files.writeString(PAGE, page.substring(0, begin) + packages + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("write it anew with -Dtest=LayoutTest -Dnla.reference=write")
                    .isEqualTo(packages);
        }
        assertThat(packages.lines()).hasSizeGreaterThan(90);
    }

    private static String packages() throws IOException {
        StringBuilder out = new StringBuilder();
        for (String module : MODULES) {
            out.append("\n### ").append(module).append("\n\n| package | what lives there |\n|---|---|\n");
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> folders = Files.walk(sources)) {
                for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                    if (holdsClasses(folder)) {
                        String name = sources.relativize(folder).toString().replace('/', '.');
                        out.append("| `%s` | %s |%n".formatted(name, sentence(folder)));
                    }
                }
            }
        }
        return out.append('\n').toString();
    }

    private static boolean holdsClasses(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        }
    }

    private static String sentence(Path folder) throws IOException {
        String info = Files.readString(folder.resolve("package-info.java"));
        String comment = info.substring(info.indexOf("/**") + 3, info.indexOf("*/"))
                .lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s*", ""))
                .collect(Collectors.joining(" "))
                .strip();
        String first = comment.split("(?<=\\.)\\s+(?=[A-Z{<])", 2)[0];
        return first.replaceAll("\\{@link [\\w.#]*?(\\w+)}", "$1")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("<[^>]+>", "")
                .replace("|", "\\|");
    }
}
