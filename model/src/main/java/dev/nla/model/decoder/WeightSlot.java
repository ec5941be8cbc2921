package dev.nla.model.decoder;

import dev.nla.model.config.Family;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.names.NameSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in the list of weights that the kernels read: embedding, final norm, head (empty when tied), rotary frequencies, then twenty
 * places a layer.
 *
 * @param name the tensor's name as transformers saves it; empty where this architecture has nothing there
 * @param shape its dimensions; what is not there has no rows
 * @param firstRow where it begins in the tensor of that name: above 0 in a fused tensor, of which each place is some rows
 * @param fusedRows rows of that whole tensor
 */
record WeightSlot(String name, long[] shape, long firstRow, long fusedRows) {
    /** The name at the place of the rotary frequencies, which no checkpoint holds. */
    static final String ROTARY = "rotary frequencies";

    private static final String AFTER_ATTENTION = "post_attention_layernorm.weight";

    /** All places of an architecture, in the kernels' order. */
    static List<WeightSlot> of(ModelConfig config) {
        int d = config.hiddenSize();
        int queries = config.queryWidth();
        int keys = config.keyValueWidth();
        int inner = config.intermediateSize();
        Family family = config.family();
        NameSpace names = NameSpace.ofTensors(config);
        List<WeightSlot> slots = new ArrayList<>();
        slots.add(slot(names.name("embed_tokens.weight"), config.vocabularySize(), d));
        slots.add(slot(names.name("norm.weight"), d));
        slots.add(config.tiedHead() ? slot("", 0, d) : slot(CheckpointNames.HEAD, config.vocabularySize(), d));
        slots.add(slot(ROTARY, config.attentionKinds().size(), config.rotaryDim() / 2));
        for (int i = 0; i < config.layers(); i++) {
            String at = names.module(i, "");
            String attention = at + "self_attn.";
            String mlp = at + "mlp.";
            boolean twice = family.normalisesResults();
            slots.add(slot(at + "input_layernorm.weight", d));
            if (family.fusedProjections()) {
                fused(slots, attention + "qkv_proj.weight", d, queries, keys, keys);
            } else {
                slots.add(slot(attention + "q_proj.weight", queries, d));
                slots.add(slot(attention + "k_proj.weight", keys, d));
                slots.add(slot(attention + "v_proj.weight", keys, d));
            }
            slots.add(slot(attention + "o_proj.weight", d, queries));
            slots.add(slot(at + (twice ? "pre_feedforward_layernorm.weight" : AFTER_ATTENTION), d));
            if (family.fusedProjections()) {
                fused(slots, mlp + "gate_up_proj.weight", d, inner, inner);
            } else {
                slots.add(slot(mlp + "gate_proj.weight", inner, d));
                slots.add(slot(mlp + "up_proj.weight", inner, d));
            }
            slots.add(slot(mlp + "down_proj.weight", d, inner));
            slots.add(optional(config.qkvBias(), attention + "q_proj.bias", queries));
            slots.add(optional(config.qkvBias(), attention + "k_proj.bias", keys));
            slots.add(optional(config.qkvBias(), attention + "v_proj.bias", keys));
            slots.add(optional(config.outputBias(), attention + "o_proj.bias", d));
            slots.add(optional(config.mlpBias(), mlp + "gate_proj.bias", inner));
            slots.add(optional(config.mlpBias(), mlp + "up_proj.bias", inner));
            slots.add(optional(config.mlpBias(), mlp + "down_proj.bias", d));
            slots.add(optional(family.normalisesHeads(), attention + "q_norm.weight", config.headDim()));
            slots.add(optional(family.normalisesHeads(), attention + "k_norm.weight", config.headDim()));
            slots.add(optional(twice, at + AFTER_ATTENTION, d));
            slots.add(optional(twice, at + "post_feedforward_layernorm.weight", d));
        }
        return slots;
    }

    private static WeightSlot slot(String name, long... shape) {
        return new WeightSlot(name, shape, 0, shape[0]);
    }

    private static WeightSlot optional(boolean present, String name, long width) {
        return present ? slot(name, width) : slot("", 0, 0);
    }

    private static void fused(List<WeightSlot> slots, String name, long columns, long... rows) {
        long first = 0;
        long all = Arrays.stream(rows).sum();
        for (long count : rows) {
            slots.add(new WeightSlot(name, new long[] {count, columns}, first, all));
            first += count;
        }
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

    /** Dimensions of the checkpoint's tensor. */
    long[] tensorShape() {
        long[] whole = shape.clone();
        whole[0] = fusedRows;
        return whole;
    }

    /** Numbers of the checkpoint's tensor that come before its own. */
    long offset() {
        return firstRow == 0 ? 0 : firstRow * shape[1];
    }
}
