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
            rule("auto_map", JsonNode::isEmpty, "no custom code: only plain llama, qwen2 and qwen3 are computed"),
            rule("hidden_act", node -> node.asText().equals("silu"), "silu, the only activation that is computed"),
            rule("use_sliding_window", Unsupported::isOff, "false: sliding-window attention is not computed"),
            rule("layer_types", Unsupported::isFullAttention, "only full_attention layers"),
            rule("rope_interleaved", Unsupported::isOff, "false: interleaved rotation is not computed"),
            rule("partial_rotary_factor", node -> node.asDouble() == 1, "1: partial rotation is not computed"),
            rule("is_encoder_decoder", Unsupported::isOff, "false: only decoders are computed"),
            rule("use_mrope", Unsupported::isOff, "false: multimodal rotation is not computed"),
            rule("vision_config", node -> false, "a text-only model"),
            rule("num_experts", node -> node.asInt() == 0, "a model without experts"),
            rule("num_local_experts", node -> node.asInt() == 0, "a model without experts"),
            rule("use_qk_norm", Unsupported::isOff, "false: only qwen3 normalises queries and keys here"),
            rule("qk_layernorm", Unsupported::isOff, "false: only qwen3 normalises queries and keys here"),
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

    static void refuse(Document config) {
        for (Rule rule : RULES) {
            JsonNode node = config.at(rule.key());
            if (!node.isMissingNode() && !rule.neutral().test(node)) {
                throw config.wrong(rule.key(), rule.expectation());
            }
        }
    }

    private static Rule rule(String key, Predicate<JsonNode> neutral, String expectation) {
        return new Rule(key, neutral, expectation);
    }

    private static boolean isOff(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static boolean isFullAttention(JsonNode types) {
        for (JsonNode type : types) {
            if (!type.asText().equals("full_attention")) {
                return false;
            }
        }
        return types.isArray();
    }
}
