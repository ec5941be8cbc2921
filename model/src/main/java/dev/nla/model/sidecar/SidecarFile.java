package dev.nla.model.sidecar;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import dev.nla.model.files.YamlText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What both kinds of sidecar share: aliases that must agree, unknown keys that are kept, and the YAML that is written. */
final class SidecarFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SidecarFile() {}

    /**
     * Reads the file and checks its kind and version.
     *
     * @param remedy what to give where the file is missing or of another kind
     */
    static Document read(Path file, String kind, int newestVersion, String remedy) {
        if (Files.notExists(file)) {
            throw InputException.data("%s: there is no such file; %s", file, remedy);
        }
        return checked(Document.yaml(file), kind, newestVersion, remedy);
    }

    /** The same for one that was read already. */
    static Document checked(Document document, String kind, int newestVersion, String remedy) {
        if (!document.text("kind").orElse("").equals(kind)) {
            throw document.wrong("kind", kind + "; " + remedy);
        }
        int version = document.integer("schema_version", 0, Integer.MAX_VALUE).orElse(newestVersion);
        if (version > newestVersion) {
            throw document.wrong("schema_version", "at most " + newestVersion + "; it was written by a newer version");
        }
        return document;
    }

    /** The first of several spellings that is there; when two are there they must agree. */
    static Optional<String> spelling(Document document, String... paths) {
        Optional<String> found = Arrays.stream(paths).filter(document::has).findFirst();
        found.ifPresent(first -> {
            for (String path : paths) {
                if (document.has(path) && !same(document.at(path), document.at(first))) {
                    throw document.wrong(path, "the same as " + first + ", which is " + document.at(first));
                }
            }
        });
        return found;
    }

    private static boolean same(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber() ? left.doubleValue() == right.doubleValue() : left.equals(right);
    }

    /** A prompt template under any of its names, in which the placeholder stands exactly once. */
    static Optional<String> template(Document document, String placeholder, List<String> names) {
        String[] paths = names.stream().map(name -> "prompt_templates." + name).toArray(String[]::new);
        return spelling(document, paths).map(path -> {
            String template = document.text(path).orElseThrow();
            if (template.split(Pattern.quote(placeholder), -1).length != 2) {
                throw document.wrong(path, "a template with " + placeholder + " exactly once");
            }
            return template;
        });
    }

    /** Everything but the values at these paths, as plain Java; groups that become empty are left out. */
    static Map<String, Object> others(ObjectNode tree, List<String> known) {
        ObjectNode rest = tree.deepCopy();
        for (String path : known) {
            remove(rest, path);
        }
        return JSON.convertValue(rest, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static void remove(ObjectNode tree, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.remove(path);
        } else if (tree.get(path.substring(0, dot)) instanceof ObjectNode group) {
            remove(group, path.substring(dot + 1));
            if (group.isEmpty()) {
                tree.remove(path.substring(0, dot));
            }
        }
    }

    /** Adds what is not there yet, group by group. */
    static void merge(ObjectNode into, Map<String, Object> others) {
        mergeTrees(into, JSON.valueToTree(others));
    }

    private static void mergeTrees(ObjectNode into, ObjectNode others) {
        others.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode group && entry.getValue() instanceof ObjectNode more) {
                mergeTrees(group, more);
            } else if (!into.has(entry.getKey())) {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    static ObjectNode emptyTree() {
        return JSON.createObjectNode();
    }

    /** Writes YAML with every text quoted. */
    static void write(Path file, ObjectNode tree) {
        AtomicFiles.write(file, YamlText.of(file, tree));
    }
}
