package dev.nla.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.files.Document;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The settings of an adapter that would change its results and are not computed, each with the reason. */
final class PeftUnsupported {
    /** Keys that are read, or that only matter while an adapter is made. */
    private static final Set<String> HARMLESS = Set.of(
            "peft_type",
            "r",
            "lora_alpha",
            "lora_dropout",
            "use_rslora",
            "target_modules",
            "exclude_modules",
            "rank_pattern",
            "alpha_pattern",
            "layers_to_transform",
            "layers_pattern",
            "base_model_name_or_path",
            "task_type",
            "inference_mode",
            "revision",
            "peft_version",
            "auto_mapping",
            "init_lora_weights",
            "bias",
            "eva_config",
            "corda_config",
            "lora_ga_config",
            "loftq_config",
            "runtime_config",
            "megatron_core",
            "megatron_config",
            "qalora_group_size",
            "ensure_weight_tying",
            "unsloth_fixed");

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("use_dora", "DoRA rescales the base weights, which is not computed; train with plain LoRA"),
            Map.entry("use_qalora", "QA-LoRA pools its inputs, which is not computed"),
            Map.entry("use_bdlora", "block-diagonal factors are not computed"),
            Map.entry("lora_bias", "biases of the factor B are not computed"),
            Map.entry("modules_to_save", "modules saved whole are not read; train without modules_to_save"),
            Map.entry("layer_replication", "replicated layers are not computed"),
            Map.entry("target_parameters", "adapters of single parameters are not computed"),
            Map.entry("trainable_token_indices", "trained token embeddings are not read"),
            Map.entry("fan_in_fan_out", "transposed base weights do not occur in these models"),
            Map.entry("alora_invocation_tokens", "activated LoRA is not computed"),
            Map.entry("arrow_config", "routing between adapters is not computed"),
            Map.entry("kasa_config", "KaSA is not computed"),
            Map.entry("velora_config", "VeLoRA is not computed"),
            Map.entry("monteclora_config", "MonteCLoRA is not computed"));

    /** Only A and B are set by these; pissa, olora, corda, loftq and lora_ga take something from the base weights. */
    private static final Set<String> PLAIN_STARTS = Set.of("true", "false", "gaussian", "orthogonal", "eva", "mica");

    private PeftUnsupported() {}

    static void refuse(Document config) {
        if (!config.at("peft_type").asText().equals("LORA")) {
            throw config.wrong("peft_type", "LORA, the only kind of adapter that is computed");
        }
        check(config, "bias", node -> node.asText().equals("none"), "none: trained biases are not read");
        check(
                config,
                "init_lora_weights",
                node -> PLAIN_STARTS.contains(node.asText().toLowerCase(Locale.ROOT)),
                "a start that leaves the base weights alone ("
                        + String.join(", ", PLAIN_STARTS.stream().sorted().toList())
                        + "); convert the adapter with peft's path_initial_model_for_weight_conversion, or merge it with peft");
        config.tree().properties().forEach(entry -> {
            String key = entry.getKey();
            if (!HARMLESS.contains(key) && !isOff(entry.getValue())) {
                throw config.wrong(
                        key,
                        "nothing: "
                                + REASONS.getOrDefault(key, "this setting is not known and may change the results"));
            }
        });
    }

    private static void check(Document config, String key, Predicate<JsonNode> fine, String expectation) {
        JsonNode node = config.at(key);
        if (!node.isMissingNode() && !fine.test(node)) {
            throw config.wrong(key, expectation);
        }
    }

    private static boolean isOff(JsonNode node) {
        return node.isNull()
                || (node.isBoolean() && !node.booleanValue())
                || (node.isContainerNode() && node.isEmpty())
                || (node.isTextual() && node.textValue().isEmpty());
    }
}
