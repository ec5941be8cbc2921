package dev.nla.eval.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import dev.nla.model.stats.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the figures of a finished suite, {@code suite.json}. */
final class SuiteFile {
    /** The file's name. */
    static final String NAME = "suite.json";

    private static final String AGAIN = "; run nla eval suite again";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private final Document document;
    private final List<Figure> figures = new ArrayList<>();

    private SuiteFile(Document document) {
        this.document = document;
    }

    /**
     * The report of a suite's folder.
     *
     * @throws InputException where there is none, or it is not one of these
     */
    static SuiteReport read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw InputException.data("%s: there is no such file; give a folder made by nla eval suite", file);
        }
        return new SuiteFile(Document.json(file)).report();
    }

    private SuiteReport report() {
        for (Figure.Section section : Figure.Section.values()) {
            if (document.has(section.key())) {
                collect(section, List.of(), document.at(section.key()));
            }
        }
        List<String> critics = document.texts("critics");
        if (critics.isEmpty()) {
            throw document.wrong("critics", "the name of at least one" + AGAIN);
        }
        Map<String, String> omitted = texts(map("omitted"));
        boolean earlier = TruthFigures.areOfAnEarlierVersion(figures);
        if (earlier) {
            omitted.put("truth", "by slot: an earlier version made the suite" + AGAIN);
        }
        return new SuiteReport(
                document.requiredInteger("n_rows", 1, Integer.MAX_VALUE),
                document.requiredInteger("n_documents", 1, Integer.MAX_VALUE),
                document.requiredInteger("samples_per_row", 1, Integer.MAX_VALUE),
                seed(),
                critics,
                earlier ? TruthFigures.renamed(figures) : figures,
                omitted,
                document.texts("warnings"),
                map("provenance"));
    }

    private long seed() {
        JsonNode seed = document.at("seed");
        if (!seed.isIntegralNumber()) {
            throw document.wrong("seed", "a whole number" + AGAIN);
        }
        return seed.longValue();
    }

    private Map<String, Object> map(String key) {
        JsonNode node = document.at(key);
        if (!node.isObject()) {
            throw document.wrong(key, "an object" + AGAIN);
        }
        return MAPPER.convertValue(node, MAP);
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    /** A figure stands under its critic, where it has one, its condition and its metric. */
    private void collect(Figure.Section section, List<String> names, JsonNode node) {
        String path = section.key() + (names.isEmpty() ? "" : "." + String.join(".", names));
        boolean figure = node.has("value");
        if (!node.isObject() || names.size() > 3 || figure && names.size() < 2) {
            throw document.wrong(path, "figures by critic, condition and metric" + AGAIN);
        }
        if (figure) {
            figures.add(figure(section, names, path, node));
            return;
        }
        node.properties().forEach(child -> {
            List<String> below = new ArrayList<>(names);
            below.add(child.getKey());
            collect(section, below, child.getValue());
        });
    }

    private Figure figure(Figure.Section section, List<String> names, String path, JsonNode node) {
        int last = names.size() - 1;
        return new Figure(
                section,
                last == 2 ? names.get(0) : "",
                names.get(last - 1),
                names.get(last),
                number(path + ".value", node.get("value")).orElse(Double.NaN),
                interval(path + ".ci95", node.path("ci95")),
                number(path + ".chance", node.path("chance")),
                number(path + ".p_holm", node.path("p_holm")));
    }

    private OptionalDouble number(String path, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber()) {
            throw document.wrong(path, "a number" + AGAIN);
        }
        return OptionalDouble.of(node.doubleValue());
    }

    private Optional<Interval> interval(String path, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.size() != 2
                || !node.path(0).isNumber()
                || !node.path(1).isNumber()
                || !(node.path(0).doubleValue() <= node.path(1).doubleValue())) {
            throw document.wrong(path, "two numbers, the lower first" + AGAIN);
        }
        return Optional.of(new Interval(node.path(0).doubleValue(), node.path(1).doubleValue()));
    }
}
