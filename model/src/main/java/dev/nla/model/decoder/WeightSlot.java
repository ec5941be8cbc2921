package dev.nla.model.decoder;

import dev.nla.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in the list of weights that the kernels read: embedding, final norm, head (empty when tied), rotary frequencies, then eighteen
 * places a layer.
 *
 * @param name the tensor's name in a Hugging Face checkpoint; empty where this architecture has nothing there
 * @param shape its dimensions; what is not there has no rows
 */
record WeightSlot(String name, long[] shape) {
    /** The name at the place of the rotary frequencies, which no checkpoint holds. */
    static final String ROTARY = "rotary frequencies";

    /** All places of an architecture, in the kernels' order. */
    static List<WeightSlot> of(ModelConfig config) {
        int d = config.hiddenSize();
        int queries = config.queryWidth();
        int keys = config.keyValueWidth();
        int inner = config.intermediateSize();
        List<WeightSlot> slots = new ArrayList<>();
        slots.add(slot("model.embed_tokens.weight", config.vocabularySize(), d));
        slots.add(slot("model.norm.weight", d));
        slots.add(config.tiedHead() ? slot("", 0, d) : slot("lm_head.weight", config.vocabularySize(), d));
        slots.add(slot(ROTARY, config.headDim() / 2));
        for (int i = 0; i < config.layers(); i++) {
            String at = "model.layers." + i + ".";
            String attention = at + "self_attn.";
            slots.add(slot(at + "input_layernorm.weight", d));
            slots.add(slot(attention + "q_proj.weight", queries, d));
            slots.add(slot(attention + "k_proj.weight", keys, d));
            slots.add(slot(attention + "v_proj.weight", keys, d));
            slots.add(slot(attention + "o_proj.weight", d, queries));
            slots.add(slot(at + "post_attention_layernorm.weight", d));
            slots.add(slot(at + "mlp.gate_proj.weight", inner, d));
            slots.add(slot(at + "mlp.up_proj.weight", inner, d));
            slots.add(slot(at + "mlp.down_proj.weight", d, inner));
            slots.add(optional(config.qkvBias(), attention + "q_proj.bias", queries));
            slots.add(optional(config.qkvBias(), attention + "k_proj.bias", keys));
            slots.add(optional(config.qkvBias(), attention + "v_proj.bias", keys));
            slots.add(optional(config.outputBias(), attention + "o_proj.bias", d));
            slots.add(optional(config.mlpBias(), at + "mlp.gate_proj.bias", inner));
            slots.add(optional(config.mlpBias(), at + "mlp.up_proj.bias", inner));
            slots.add(optional(config.mlpBias(), at + "mlp.down_proj.bias", d));
            slots.add(optional(config.qkNorm(), attention + "q_norm.weight", config.headDim()));
            slots.add(optional(config.qkNorm(), attention + "k_norm.weight", config.headDim()));
        }
        return slots;
    }

    private static WeightSlot slot(String name, long... shape) {
        return new WeightSlot(name, shape);
    }

    private static WeightSlot optional(boolean present, String name, long width) {
        return present ? slot(name, width) : slot("", 0, 0);
    }

    boolean isEmpty() {
        return name.isEmpty();
    }

    boolean isRotary() {
        return name.equals(ROTARY);
    }

    /** Numbers that a checkpoint holds for it. */
    int size() {
        return isEmpty() || isRotary() ? 0 : (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
