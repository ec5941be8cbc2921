package dev.nla.claims.truth;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.LineForm;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import dev.nla.model.files.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The claim rules of a dataset, {@code claims.yaml} in its folder, and their keys, which calibrations have too. */
public final class ClaimRulesFile {
    /** The file's name. */
    public static final String NAME = "claims.yaml";

    private static final String KIND = "nla_claim_rules";
    private static final int VERSION = 1;

    private ClaimRulesFile() {}

    /** Writes them, whole or not at all. */
    public static void write(Path file, ClaimRules rules) {
        ObjectNode tree = new JsonMapper().createObjectNode();
        tree.put("kind", KIND).put("version", VERSION);
        put(tree, rules);
        AtomicFiles.write(file, YamlText.of(file, tree));
    }

    /**
     * Reads them.
     *
     * @throws dev.nla.model.InputException where the file is missing, broken or of a newer version
     */
    public static ClaimRules read(Path file) {
        Document document = Document.yaml(file);
        if (!KIND.equals(document.text("kind").orElse(""))) {
            throw document.wrong("kind", KIND + ", as nla data claims writes it");
        }
        if (document.requiredInteger("version", 1, Integer.MAX_VALUE) > VERSION) {
            throw document.wrong("version", "at most " + VERSION + ": a newer nla wrote it");
        }
        ClaimRules rules = of(document);
        if (rules.grammar().forms().isEmpty()) {
            throw document.wrong("forms", "lines such as 'place: {place}'");
        }
        return rules;
    }

    /** Their keys in a file. */
    public static void put(ObjectNode tree, ClaimRules rules) {
        ArrayNode forms = tree.putArray("forms");
        rules.grammar().forms().forEach(form -> forms.add(form.toString()));
        ArrayNode compound = tree.putArray("compound_values");
        new TreeSet<>(rules.grammar().compound()).forEach(compound::add);
        ObjectNode truth = tree.putObject("truth");
        new TreeMap<>(rules.truth().rules()).forEach((slot, rule) -> truth.put(slot, rule.label()));
    }

    /** What stands under their keys. */
    public static ClaimRules of(Document document) {
        return new ClaimRules(
                new ClaimGrammar(forms(document), new HashSet<>(document.texts("compound_values"))), truth(document));
    }

    private static List<LineForm> forms(Document document) {
        List<LineForm> forms = new ArrayList<>();
        for (String form : document.texts("forms")) {
            forms.add(document.made("forms", () -> LineForm.parse(form)));
        }
        return forms;
    }

    private static SlotTruth truth(Document document) {
        Map<String, TruthRule> rules = new LinkedHashMap<>();
        document.requiredObject("truth")
                .properties()
                .forEach(rule -> rules.put(
                        rule.getKey(),
                        Arrays.stream(TruthRule.values())
                                .filter(each ->
                                        each.label().equals(rule.getValue().asText()))
                                .findFirst()
                                .orElseThrow(() -> document.wrong("truth", "rules that are known"))));
        return new SlotTruth(rules);
    }
}
