package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Protects those who ask what comes along, and why: the page of dependencies names what the shipped modules depend on, and nothing else. */
class DependenciesTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final Path PAGE = ROOT.resolve("docs/explanation/dependencies.md");
    private static final Pattern NAME = Pattern.compile("`([\\w.-]+)`");

    /** A line of the table, without its first cell. */
    private record Line(String version, List<String> cells) {}

    @Test
    void everyDependencyOfAShippedModuleStandsThereWithItsVersion() throws Exception {
        Map<String, String> managed = versions();
        Map<String, String> used = new TreeMap<>();
        for (String module : ArchitectureTest.ARROWS.keySet()) {
            for (Element dependency : dependencies(ROOT.resolve(module).resolve("pom.xml"))) {
                if (!text(dependency, "scope").equals("test")
                        && !text(dependency, "groupId").equals("dev.nla")) {
                    String artifact = text(dependency, "artifactId");
                    used.put(artifact, managed.getOrDefault(artifact, bom(dependency, managed)));
                }
            }
        }
        Map<String, String> named = new TreeMap<>();
        table().forEach((name, line) -> named.put(name, line.version()));
        assertThat(named).containsExactlyEntriesOf(used);
        assertThat(used).hasSizeGreaterThan(15);
    }

    @Test
    void everyLineSaysWhatForWhyAndUnderWhichLicence() throws IOException {
        assertThat(table())
                .allSatisfy((name, line) -> assertThat(line.cells()).hasSize(3).allSatisfy(cell -> assertThat(cell)
                        .isNotBlank()));
    }

    /** What the first table says, by the names in its first cells. */
    private static Map<String, Line> table() throws IOException {
        Map<String, Line> lines = new LinkedHashMap<>();
        List<String> page = Files.readAllLines(PAGE);
        page.subList(0, page.indexOf("## Held back")).stream()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> {
                    List<String> cells =
                            Stream.of(line.split("\\|", -1)).map(String::strip).toList();
                    Matcher name = NAME.matcher(cells.get(1));
                    while (name.find()) {
                        lines.put(name.group(1), new Line(cells.get(2), cells.subList(3, cells.size() - 1)));
                    }
                });
        return lines;
    }

    /** Versions by artifact, as the pom at the root manages them. */
    private static Map<String, String> versions() throws Exception {
        Map<String, String> versions = new TreeMap<>();
        Document pom = read(ROOT.resolve("pom.xml"));
        Element properties = (Element) pom.getElementsByTagName("properties").item(0);
        for (Element dependency : dependencies(ROOT.resolve("pom.xml"))) {
            String version = text(dependency, "version");
            Matcher property = Pattern.compile("\\$\\{([\\w.]+)}").matcher(version);
            versions.putIfAbsent(
                    text(dependency, "artifactId"), property.replaceAll(found -> text(properties, found.group(1))));
        }
        return versions;
    }

    /** Jackson's parts have the version of their list. */
    private static String bom(Element dependency, Map<String, String> managed) {
        return text(dependency, "groupId").startsWith("com.fasterxml.jackson") ? managed.get("jackson-bom") : "none";
    }

    private static List<Element> dependencies(Path pom) throws Exception {
        List<Element> dependencies = new ArrayList<>();
        var nodes = read(pom).getElementsByTagName("dependency");
        for (int i = 0; i < nodes.getLength(); i++) {
            dependencies.add((Element) nodes.item(i));
        }
        return dependencies;
    }

    private static Document read(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    }

    private static String text(Element parent, String name) {
        Node child = parent.getElementsByTagName(name).item(0);
        return child == null ? "" : child.getTextContent();
    }
}
