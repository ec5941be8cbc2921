package dev.nla.exchange;

import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;

/**
 * What a base model's folder tells of imported activations.
 *
 * @param name its name
 * @param width length of an activation
 * @param layers its blocks
 * @param prompts renders texts as they were put before the model
 */
public record BaseModelFacts(String name, int width, int layers, PromptEncoder prompts) {
    /** Refuses activations that this model cannot have made. */
    void check(Path file, DatasetSidecar sidecar) {
        if (sidecar.dModel() != width) {
            throw InputException.data(
                    "%s: d_model is %d but the width of --model is %d: give the model that the activations are of",
                    file, sidecar.dModel(), width);
        }
        if (sidecar.layer() >= layers) {
            throw InputException.data(
                    "%s: layer is %d but --model has layers 0 to %d: give the model that the activations are of",
                    file, sidecar.layer(), layers - 1);
        }
    }
}
