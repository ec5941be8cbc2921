package dev.nla.model.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.names.ModuleChoice;
import dev.nla.model.names.ModuleSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code adapter_config.json}, with the keys of peft 0.21 that every reader since 0.5 understands or skips. */
final class PeftConfigWriter {
    private PeftConfigWriter() {}

    static String text(PeftConfig config) {
        LoraSpec spec = config.spec();
        ModuleChoice modules = spec.modules();
        Map<String, Object> keys = new TreeMap<>();
        for (String unset : List.of(
                "auto_mapping",
                "layer_replication",
                "megatron_config",
                "modules_to_save",
                "revision",
                "target_parameters",
                "trainable_token_indices")) {
            keys.put(unset, null);
        }
        keys.put("alpha_pattern", numbers(spec.alphaPattern()));
        keys.put("base_model_name_or_path", config.baseModel().orElse(null));
        keys.put("bias", "none");
        keys.put(
                "exclude_modules",
                modules.excluded().map(PeftConfigWriter::written).orElse(null));
        keys.put("fan_in_fan_out", false);
        keys.put("inference_mode", true);
        keys.put("init_lora_weights", true);
        keys.put("layers_pattern", modules.layersPattern().isEmpty() ? null : modules.layersPattern());
        keys.put("layers_to_transform", modules.layers().orElse(null));
        keys.put("loftq_config", Map.of());
        keys.put("lora_alpha", number(spec.alpha()));
        keys.put("lora_bias", false);
        keys.put("lora_dropout", spec.dropout());
        keys.put("peft_type", "LORA");
        keys.put("r", spec.rank());
        keys.put("rank_pattern", spec.rankPattern());
        keys.put("target_modules", written(modules.targets()));
        keys.put("task_type", "CAUSAL_LM");
        keys.put("use_dora", false);
        keys.put("use_rslora", spec.rsLora());
        return json(keys);
    }

    private static Object written(ModuleSet modules) {
        return modules instanceof ModuleSet.Listed listed ? listed.names() : ((ModuleSet.Matching) modules).pattern();
    }

    private static Map<String, Object> numbers(Map<String, Double> pattern) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        pattern.forEach((key, value) -> numbers.put(key, number(value)));
        return numbers;
    }

    /** Whole numbers as integers: peft declares {@code lora_alpha: int}. */
    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Object) (long) value : (Object) value;
    }

    private static String json(Map<String, Object> keys) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(new LinkedHashMap<>(keys));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values always become JSON", e);
        }
    }
}
