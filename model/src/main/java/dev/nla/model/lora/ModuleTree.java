package dev.nla.model.lora;

import dev.nla.model.names.NameSpace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of all modules of a text model, which {@code exclude_modules} may mean: linear layers, what they are in, and the rest. */
final class ModuleTree {
    private static final List<String> OUTSIDE = List.of("embed_tokens", "norm", "rotary_emb");
    private static final List<String> INSIDE = List.of(
            "input_layernorm",
            "post_attention_layernorm",
            "pre_feedforward_layernorm",
            "post_feedforward_layernorm",
            "self_attn.q_norm",
            "self_attn.k_norm",
            "mlp.act_fn");

    private ModuleTree() {}

    static Set<String> names(NameSpace space, List<Place> places) {
        Set<String> names = new LinkedHashSet<>(List.of("lm_head"));
        OUTSIDE.forEach(part -> names.add(space.name(part)));
        for (Place place : places) {
            INSIDE.forEach(part -> names.add(space.module(place.layer(), part)));
            String module = place.module(space);
            for (int end = module.length(); end > 0; end = module.lastIndexOf('.', end - 1)) {
                names.add(module.substring(0, end));
            }
        }
        return names;
    }
}
