package dev.nla.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Turns {@code adapter_config.json} into a {@link LoraSpec}, or says which key stands in the way. */
final class PeftConfigReader {
    private static final String TARGETS = "target_modules";

    private final Document config;

    PeftConfigReader(Document config) {
        this.config = config;
    }

    PeftConfig read() {
        PeftUnsupported.refuse(config);
        double dropout = config.at("lora_dropout").asDouble(0);
        if (!config.at("lora_dropout").isMissingNode()
                && !(config.at("lora_dropout").isNumber() && dropout >= 0 && dropout < 1)) {
            throw config.wrong("lora_dropout", "a number from 0 to below 1");
        }
        double alpha = config.positive("lora_alpha").orElseThrow(() -> config.wrong("lora_alpha", "a number above 0"));
        try {
            LoraSpec spec = new LoraSpec(
                    config.requiredInteger("r", 1, LoraSpec.MOST_RANK),
                    alpha,
                    dropout,
                    config.flag("use_rslora", false),
                    targets(),
                    rankPattern(),
                    alphaPattern(),
                    layers());
            return new PeftConfig(spec, config.text("base_model_name_or_path"));
        } catch (IllegalArgumentException e) {
            throw InputException.data(e, "%s: %s", config.file(), e.getMessage());
        }
    }

    private Set<Projection> targets() {
        Set<Projection> targets = new LinkedHashSet<>(included());
        for (String name : config.texts("exclude_modules")) {
            Optional<Projection> excluded = Projection.named(name);
            if (excluded.isEmpty() && !name.equals("lm_head")) {
                throw config.wrong("exclude_modules", "names out of " + names());
            }
            excluded.ifPresent(targets::remove);
        }
        if (targets.isEmpty()) {
            throw config.wrong(TARGETS, "at least one name out of " + names());
        }
        return targets;
    }

    private Set<Projection> included() {
        JsonNode node = config.at(TARGETS);
        if (node.isTextual()) {
            if (node.textValue().equalsIgnoreCase("all-linear")) {
                return EnumSet.allOf(Projection.class);
            }
            throw config.wrong(
                    TARGETS, "a list of names or all-linear; regular expressions are not read, list the names");
        }
        Set<Projection> targets = new LinkedHashSet<>();
        for (String name : config.texts(TARGETS)) {
            targets.add(Projection.named(name).orElseThrow(() -> config.wrong(TARGETS, expectedInsteadOf(name))));
        }
        return targets;
    }

    private static String expectedInsteadOf(String name) {
        String reason = name.matches(".*layers\\.\\d+\\..*")
                ? "single modules cannot be chosen by their full name, use layers_to_transform"
                : "'" + name + "' is not adapted here";
        return "names out of " + names() + ": " + reason;
    }

    private static List<String> names() {
        return EnumSet.allOf(Projection.class).stream().map(Projection::hfName).toList();
    }

    private Optional<List<Integer>> layers() {
        JsonNode node = config.at("layers_to_transform");
        if (node.isMissingNode() || (node.isArray() && node.isEmpty())) {
            return Optional.empty();
        }
        if (config.at(TARGETS).isTextual()) {
            throw config.wrong("layers_to_transform", "nothing when target_modules is one text, as in peft");
        }
        List<JsonNode> entries =
                node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of(node);
        for (JsonNode each : entries) {
            if (!each.isIntegralNumber() || !each.canConvertToInt() || each.intValue() < 0) {
                throw config.wrong("layers_to_transform", "numbers of blocks, from 0 on");
            }
        }
        return Optional.of(entries.stream().map(JsonNode::intValue).toList());
    }

    private Map<String, Integer> rankPattern() {
        Map<String, Integer> pattern = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : mapping("rank_pattern")) {
            JsonNode value = entry.getValue();
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.intValue() < 1
                    || value.intValue() > LoraSpec.MOST_RANK) {
                throw config.wrong("rank_pattern", "ranks from 1 to " + LoraSpec.MOST_RANK);
            }
            pattern.put(entry.getKey(), value.intValue());
        }
        return pattern;
    }

    private Map<String, Double> alphaPattern() {
        Map<String, Double> pattern = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : mapping("alpha_pattern")) {
            if (!entry.getValue().isNumber() || !(entry.getValue().doubleValue() > 0)) {
                throw config.wrong("alpha_pattern", "numbers above 0");
            }
            pattern.put(entry.getKey(), entry.getValue().doubleValue());
        }
        return pattern;
    }

    private Set<Map.Entry<String, JsonNode>> mapping(String key) {
        JsonNode node = config.at(key);
        if (!node.isMissingNode() && !node.isObject()) {
            throw config.wrong(key, "a mapping of module names to numbers");
        }
        return node.properties();
    }
}
