package dev.nla.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.files.Document;
import java.util.List;
import java.util.function.Predicate;

/** The settings that would change the mathematics: each must be missing or have its neutral value. */
final class Unsupported {
    private record Rule(String key, Predicate<JsonNode> neutral, String expectation) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "quantization_config",
                    node -> false,
                    "no quantisation: give the float32, float16 or bfloat16 checkpoint"),
            rule(
                    "compression_config",
                    node -> false,
                    "no quantisation: give the float32, float16 or bfloat16 checkpoint"),
            rule(
                    "use_sliding_window",
                    Unsupported::isOff,
                    "false: windows are computed for mistral, phi3 and gemma3_text only"),
            rule(
                    "use_bidirectional_attention",
                    Unsupported::isOff,
                    "false: only attention to earlier tokens is computed"),
            rule("rope_interleaved", Unsupported::isOff, "false: interleaved rotation is not computed"),
            rule("is_encoder_decoder", Unsupported::isOff, "false: only decoders are computed"),
            rule("use_mrope", Unsupported::isOff, "false: multimodal rotation is not computed"),
            rule("vision_config", node -> false, "a text-only model, or gemma3"),
            rule("num_experts", node -> node.asInt() == 0, "a model without experts"),
            rule("num_local_experts", node -> node.asInt() == 0, "a model without experts"),
            rule(
                    "use_qk_norm",
                    Unsupported::isOff,
                    "false: only qwen3 and gemma3_text normalise queries and keys here"),
            rule(
                    "qk_layernorm",
                    Unsupported::isOff,
                    "false: only qwen3 and gemma3_text normalise queries and keys here"),
            rule("clip_qkv", node -> false, "none: clipping of queries, keys and values is not computed"),
            rule("attn_logit_softcapping", node -> false, "none: soft-capping is not computed"),
            rule("final_logit_softcapping", node -> false, "none: soft-capping is not computed"),
            rule("logit_scale", node -> node.asDouble() == 1, "1: scaled logits are not computed"),
            rule("logits_scaling", node -> node.asDouble() == 1, "1: scaled logits are not computed"),
            rule("embedding_multiplier", node -> node.asDouble() == 1, "1: scaled embeddings are not computed"),
            rule("residual_multiplier", node -> node.asDouble() == 1, "1: scaled residuals are not computed"),
            rule("attention_multiplier", node -> false, "none: only the usual 1/sqrt(head_dim) is computed"),
            rule("no_rope_layers", JsonNode::isEmpty, "none: every layer is rotated"));

    private Unsupported() {}

    static void refuse(Document config, Family family) {
        RULES.forEach(rule -> check(config, rule));
        check(
                config,
                rule("auto_map", map -> isNative(map, family), "no custom code: only the plain families are computed"));
        String activation = family.gelu() ? "gelu_pytorch_tanh" : "silu";
        for (String key : List.of("hidden_act", "hidden_activation")) {
            check(
                    config,
                    rule(
                            key,
                            node -> node.asText().equals(activation),
                            activation + ", the only activation that is computed for " + family.modelType()));
        }
        if (family != Family.PHI3) {
            check(
                    config,
                    rule("partial_rotary_factor", node -> node.asDouble() == 1, "1: only phi3 is rotated in part"));
        }
    }

    private static void check(Document config, Rule rule) {
        JsonNode node = config.at(rule.key());
        if (!node.isMissingNode() && !rule.neutral().test(node)) {
            throw config.wrong(rule.key(), rule.expectation());
        }
    }

    /** Phi-3 was published with its own code before transformers had it; the two compute the same. */
    private static boolean isNative(JsonNode map, Family family) {
        for (JsonNode code : map) {
            if (family != Family.PHI3 || !code.asText().matches("(configuration|modeling)_phi3\\..*")) {
                return false;
            }
        }
        return true;
    }

    private static Rule rule(String key, Predicate<JsonNode> neutral, String expectation) {
        return new Rule(key, neutral, expectation);
    }

    private static boolean isOff(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }
}
