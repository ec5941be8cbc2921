package dev.nla.train.session;

import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.ModelSidecar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What needs attention before a run though it may go on: activations that centring says little of, and of another kind than before. */
public final class DataWarnings {
    private DataWarnings() {}

    /**
     * The warnings, a line each.
     *
     * @param adapters folders of the adapters that the run starts from
     */
    public static List<String> of(TrainingInputs inputs, List<Path> adapters) {
        List<String> warnings = new ArrayList<>();
        inputs.centering().warnings().forEach(line -> warnings.add(inputs.data().folder() + ": train split: " + line));
        for (Path adapter : adapters) {
            ActivationOrigin before = ModelSidecar.read(adapter).origin();
            if (before.mixes(inputs.origin())) {
                warnings.add("%s was trained on activations at %s, %s holds those at %s: the two kinds are mixed"
                        .formatted(
                                adapter,
                                before.text().orElseThrow(),
                                inputs.data().folder(),
                                inputs.origin().text().orElseThrow()));
            }
        }
        return warnings;
    }
}
