package dev.nla.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Turns {@code adapter_config.json} into a {@link LoraSpec}, or says which key stands in the way. */
final class PeftConfigReader {
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
                    PeftModules.read(config),
                    rankPattern(),
                    alphaPattern());
            return new PeftConfig(spec, config.text("base_model_name_or_path"));
        } catch (IllegalArgumentException e) {
            throw InputException.data(e, "%s: %s", config.file(), e.getMessage());
        }
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
