package dev.nla.exchange;

import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.model.InputException;
import dev.nla.model.Key;
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
                    "%s: d_model is %d but the width of %s is %d: give the model that the activations are of",
                    file, sidecar.dModel(), Key.of("model"), width);
        }
        if (sidecar.layer() >= layers) {
            throw InputException.data(
                    "%s: layer is %d but %s has layers 0 to %d: give the model that the activations are of",
                    file, sidecar.layer(), Key.of("model"), layers - 1);
        }
    }
}
