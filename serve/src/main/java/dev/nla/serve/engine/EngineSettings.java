package dev.nla.serve.engine;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.adapter.AdapterFolder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What an engine loads.
 *
 * @param model the folder that the decoder was loaded from
 * @param adapters verbalizers to load, by name, in the order in which they are listed
 * @param adaptersFolder where more of them lie that may be loaded later
 * @param reconstructor the critic
 * @param data activations to rank among
 * @param queue most requests that wait
 * @param batchBytes how many bytes torch may take for a batch, asked for once all of this is loaded
 */
public record EngineSettings(
        Path model,
        Map<String, AdapterFolder> adapters,
        Optional<Path> adaptersFolder,
        Optional<AdapterFolder> reconstructor,
        Optional<Path> data,
        int queue,
        LongSupplier batchBytes) {
    /** Checks that something may wait. */
    public EngineSettings {
        if (queue < 1) {
            throw InputException.usage("%s %d: expected at least 1", Key.of("queue"), queue);
        }
        adapters = Collections.unmodifiableMap(new LinkedHashMap<>(adapters));
    }
}
