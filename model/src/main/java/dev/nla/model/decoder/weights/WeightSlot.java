package dev.nla.model.decoder.weights;

import dev.nla.model.config.Family;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.names.NameSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A weight of an architecture: what the kernels call it, and where a checkpoint has it.
 *
 * @param part its name in the kernels' {@code model.py}, such as {@code blocks.0.attention.query.weight}
 * @param name the tensor's name as transformers saves it
 * @param shape its dimensions
 * @param firstRow where it begins in the tensor of that name: above 0 in a fused tensor, of which each weight is some rows
 * @param fusedRows rows of that whole tensor
 */
public record WeightSlot(String part, String name, long[] shape, long firstRow, long fusedRows) {
    private static final String AFTER_ATTENTION = "post_attention_layernorm.weight";
    private static final String WEIGHT = ".weight";
    private static final String EMBEDDING = "embedding";
    private static final String HEAD = "head";
    private static final String BLOCKS = "blocks.";

    /** All weights of an architecture, in the order in which a model that is trained has them. */
    public static List<WeightSlot> of(ModelConfig config) {
        int d = config.hiddenSize();
        NameSpace names = NameSpace.ofTensors(config);
        List<WeightSlot> slots = new ArrayList<>();
        slots.add(slot(EMBEDDING + WEIGHT, names.name("embed_tokens.weight"), config.vocabularySize(), d));
        slots.add(slot("norm.weight", names.name("norm.weight"), d));
        if (!config.tiedHead()) {
            slots.add(slot(HEAD + WEIGHT, CheckpointNames.HEAD, config.vocabularySize(), d));
        }
        for (int i = 0; i < config.layers(); i++) {
            addBlock(slots, config, at(i), names.module(i, ""));
        }
        return slots;
    }

    private static void addBlock(List<WeightSlot> slots, ModelConfig config, String block, String at) {
        int d = config.hiddenSize();
        int queries = config.queryWidth();
        int keys = config.keyValueWidth();
        int inner = config.intermediateSize();
        Family family = config.family();
        boolean twice = family.normalisesResults();
        String attention = at + "self_attn.";
        String mlp = at + "mlp.";
        String query = block + "attention.query";
        String key = block + "attention.key";
        String value = block + "attention.value";
        String output = block + "attention.output";
        String gate = block + "feed_forward.gate";
        String up = block + "feed_forward.up";
        String down = block + "feed_forward.down";
        slots.add(slot(block + "attention_norm.weight", at + "input_layernorm.weight", d));
        if (family.fusedProjections()) {
            String fused = attention + "qkv_proj.weight";
            addFused(slots, fused, d, new Rows(query, queries), new Rows(key, keys), new Rows(value, keys));
        } else {
            slots.add(slot(query + ".weight", attention + "q_proj.weight", queries, d));
            slots.add(slot(key + ".weight", attention + "k_proj.weight", keys, d));
            slots.add(slot(value + ".weight", attention + "v_proj.weight", keys, d));
        }
        slots.add(slot(output + ".weight", attention + "o_proj.weight", d, queries));
        slots.add(slot(
                block + "feed_forward_norm.weight",
                at + (twice ? "pre_feedforward_layernorm.weight" : AFTER_ATTENTION),
                d));
        if (family.fusedProjections()) {
            addFused(slots, mlp + "gate_up_proj.weight", d, new Rows(gate, inner), new Rows(up, inner));
        } else {
            slots.add(slot(gate + ".weight", mlp + "gate_proj.weight", inner, d));
            slots.add(slot(up + ".weight", mlp + "up_proj.weight", inner, d));
        }
        slots.add(slot(down + ".weight", mlp + "down_proj.weight", d, inner));
        if (config.qkvBias()) {
            slots.add(slot(query + ".bias", attention + "q_proj.bias", queries));
            slots.add(slot(key + ".bias", attention + "k_proj.bias", keys));
            slots.add(slot(value + ".bias", attention + "v_proj.bias", keys));
        }
        if (config.outputBias()) {
            slots.add(slot(output + ".bias", attention + "o_proj.bias", d));
        }
        if (config.mlpBias()) {
            slots.add(slot(gate + ".bias", mlp + "gate_proj.bias", inner));
            slots.add(slot(up + ".bias", mlp + "up_proj.bias", inner));
            slots.add(slot(down + ".bias", mlp + "down_proj.bias", d));
        }
        if (family.normalisesHeads()) {
            slots.add(slot(block + "attention.query_norm.weight", attention + "q_norm.weight", config.headDim()));
            slots.add(slot(block + "attention.key_norm.weight", attention + "k_norm.weight", config.headDim()));
        }
        if (twice) {
            slots.add(slot(block + "attention_result_norm.weight", at + AFTER_ATTENTION, d));
            slots.add(slot(block + "feed_forward_result_norm.weight", at + "post_feedforward_layernorm.weight", d));
        }
    }

    private static WeightSlot slot(String part, String name, long... shape) {
        return new WeightSlot(part, name, shape, 0, shape[0]);
    }

    /** A layer that has some rows of a fused tensor. */
    private record Rows(String layer, long count) {}

    private static void addFused(List<WeightSlot> slots, String name, long columns, Rows... parts) {
        long first = 0;
        long all = Arrays.stream(parts).mapToLong(Rows::count).sum();
        for (Rows part : parts) {
            slots.add(new WeightSlot(part.layer() + ".weight", name, new long[] {part.count(), columns}, first, all));
            first += part.count();
        }
    }

    /** Whether it belongs to a block. */
    boolean isOf(int block) {
        return part.startsWith(at(block));
    }

    /** Whether it belongs to a block up to this one, or to none. */
    boolean isUpTo(int block) {
        return isOutside() || Integer.parseInt(part.split("\\.", 3)[1]) <= block;
    }

    /** Whether it belongs to no block. */
    boolean isOutside() {
        return !part.startsWith(BLOCKS);
    }

    private static String at(int block) {
        return BLOCKS + block + ".";
    }

    /** Whether it is that of the embedding. */
    public boolean isEmbedding() {
        return part.equals(EMBEDDING + WEIGHT);
    }

    /** Whether it is that of the head. */
    public boolean isHead() {
        return part.equals(HEAD + WEIGHT);
    }

    /** Whether it is the matrix of a linear layer. */
    public boolean isLayer() {
        return shape.length == 2 && !isEmbedding();
    }

    /** The linear layer that it is the matrix of. */
    String layer() {
        return part.substring(0, part.length() - WEIGHT.length());
    }

    /** The same tensor as the weight of the head. */
    WeightSlot asHead() {
        return new WeightSlot(HEAD + WEIGHT, name, shape, firstRow, fusedRows);
    }

    /** Numbers in it. */
    public int size() {
        return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Dimensions of the checkpoint's tensor. */
    public long[] tensorShape() {
        long[] whole = shape.clone();
        whole[0] = fusedRows;
        return whole;
    }

    /** Numbers of the checkpoint's tensor that come before its own. */
    public long offset() {
        return firstRow == 0 ? 0 : firstRow * shape[1];
    }
}
