package dev.nla.model.sidecar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/** Lays a model's sidecar out in the order and spelling of the released checkpoints. */
final class ModelSidecarWriter {
    private ModelSidecarWriter() {}

    static ObjectNode tree(ModelSidecar sidecar) {
        ObjectNode tree = SidecarFile.emptyTree();
        tree.put("kind", "nla_model");
        tree.put("schema_version", 2);
        tree.put("role", sidecar.role().written());
        if (!sidecar.stage().isEmpty()) {
            tree.put("stage", sidecar.stage());
        }
        sidecar.baseModel().ifPresent(name -> tree.put("base_checkpoint", name));
        tree.put("d_model", sidecar.dModel());
        extraction(sidecar, tree.putObject("extraction"));
        tokens(sidecar, tree);
        templates(sidecar, tree);
        sidecar.layer().ifPresent(layer -> tree.put("extraction_layer_index", layer));
        if (sidecar.role() == Role.RECONSTRUCTOR) {
            // kitft's trainer looks for the layer here, its released checkpoints have it on the top level.
            sidecar.layer().ifPresent(layer -> tree.putObject("critic").put("extraction_layer_index", layer));
            tree.putObject("ar").put("readout", sidecar.readout().written());
        }
        tree.putObject("training").put("chat_template", sidecar.chatTemplate());
        SidecarFile.merge(tree, sidecar.other());
        return tree;
    }

    private static void extraction(ModelSidecar sidecar, ObjectNode extraction) {
        put(extraction, "injection_scale", sidecar.injectionNorm());
        extraction.put("injection_center", sidecar.injectionCenter().written());
        put(extraction, "mse_scale", sidecar.mseScale());
        sidecar.layer().ifPresent(layer -> extraction.put("layer_index", layer));
        sidecar.depthPercent().ifPresent(percent -> extraction.put("depth_percent", percent));
        sidecar.origin().write(extraction);
    }

    private static void tokens(ModelSidecar sidecar, ObjectNode tree) {
        if (sidecar.marker().isEmpty() && sidecar.suffixIds().isEmpty()) {
            return;
        }
        ObjectNode tokens = tree.putObject("tokens");
        sidecar.marker().ifPresent(marker -> marker.write(tokens));
        if (!sidecar.suffixIds().isEmpty()) {
            sidecar.suffixIds().forEach(tokens.putArray("critic_suffix_ids")::add);
        }
    }

    private static void templates(ModelSidecar sidecar, ObjectNode tree) {
        if (sidecar.verbalizerTemplate().isEmpty()
                && sidecar.reconstructorTemplate().isEmpty()) {
            return;
        }
        ObjectNode templates = tree.putObject("prompt_templates");
        sidecar.verbalizerTemplate().ifPresent(text -> templates.put(Role.VERBALIZER.written(), text));
        sidecar.reconstructorTemplate().ifPresent(text -> templates.put(Role.RECONSTRUCTOR.written(), text));
    }

    /** An explicit null means raw; a missing key would mean the default. */
    private static void put(ObjectNode group, String key, OptionalDouble value) {
        if (value.isPresent()) {
            group.put(key, value.getAsDouble());
        } else {
            group.putNull(key);
        }
    }
}
