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
    public static List<String> of(TrainingData data, List<Path> adapters) {
        List<String> warnings = new ArrayList<>();
        data.centering().warnings().forEach(line -> warnings.add(data.folder() + ": train split: " + line));
        for (Path adapter : adapters) {
            ActivationOrigin before = ModelSidecar.read(adapter).origin();
            if (before.mixes(data.origin())) {
                warnings.add("%s was trained on activations at %s, %s holds those at %s: the two kinds are mixed"
                        .formatted(
                                adapter,
                                before.text().orElseThrow(),
                                data.folder(),
                                data.origin().text().orElseThrow()));
            }
        }
        return warnings;
    }
}
