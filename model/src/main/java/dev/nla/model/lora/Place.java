package dev.nla.model.lora;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.NameSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer of a model that LoRA can adapt.
 *
 * @param layer index of the decoder block
 * @param projection where in the block
 */
record Place(int layer, Projection projection) {
    /** All of a model, in the order of the blocks. */
    static List<Place> of(ModelConfig config) {
        List<Place> all = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.of(config.family())) {
                all.add(new Place(layer, projection));
            }
        }
        return all;
    }

    /** The module's full name in a name space. */
    String module(NameSpace space) {
        return space.module(layer, projection.path());
    }
}
