package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Role;
import java.nio.file.Path;

/** Whether an adapter is what it is used as, and belongs to the base model and the activations at hand. */
final class AdapterChecks {
    private AdapterChecks() {}

    static void role(Path folder, ModelSidecar sidecar, Role expected) {
        if (sidecar.role() != expected) {
            throw InputException.data(
                    "%s/nla_meta.yaml: role is %s, expected %s: this is the other adapter of the pair",
                    folder, sidecar.role().written(), expected.written());
        }
    }

    static void belongs(Path folder, ModelSidecar sidecar, ModelConfig model) {
        int width = model.hiddenSize();
        if (sidecar.dModel() != width) {
            throw InputException.data(
                    "%s/nla_meta.yaml: d_model is %d but the base model's width is %d: the adapter belongs to another model",
                    folder, sidecar.dModel(), width);
        }
        sidecar.layer().ifPresent(model::checkLayer);
    }

    static void layer(ModelSidecar sidecar, int layer) {
        if (sidecar.layer().isPresent() && sidecar.layer().getAsInt() != layer) {
            throw InputException.data(
                    "nla_meta.yaml: the %s adapter is of layer %d but the activations are of layer %d: use matching ones",
                    sidecar.role().written(), sidecar.layer().getAsInt(), layer);
        }
    }
}
