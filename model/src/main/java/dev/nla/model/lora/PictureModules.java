package dev.nla.model.lora;

import java.util.ArrayList;
import java.util.List;

/** Modules of the part of Gemma 3 that sees pictures: adapters may name them, and text never reaches them. */
final class PictureModules {
    private static final int BLOCKS = 27;
    private static final List<String> PREFIXES = List.of(
            "model.vision_tower.", "vision_tower.", "model.vision_tower.vision_model.", "vision_tower.vision_model.");
    private static final List<String> LAYERS = List.of(
            "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "mlp.fc1", "mlp.fc2");

    private PictureModules() {}

    static List<String> names() {
        List<String> names = new ArrayList<>(List.of("model.multi_modal_projector", "multi_modal_projector"));
        for (String prefix : PREFIXES) {
            names.add(prefix.substring(0, prefix.length() - 1));
            for (int block = 0; block < BLOCKS; block++) {
                for (String layer : LAYERS) {
                    names.add(prefix + "encoder.layers." + block + "." + layer);
                }
            }
        }
        return names;
    }

    /** Whether a full name is one of theirs. */
    static boolean has(String module) {
        return module.contains("vision_tower.")
                || module.contains("vision_model.")
                || module.contains("multi_modal_projector");
    }
}
