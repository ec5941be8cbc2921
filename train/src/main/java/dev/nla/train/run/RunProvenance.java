package dev.nla.train.run;

import dev.nla.train.config.TrainConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run was made from, so that it can be made again.
 *
 * @param stage {@code sft}, {@code grpo} or {@code hardneg}
 * @param version of this program
 * @param seed the run's
 * @param hashes SHA-256 by name, such as {@code model} and {@code data}
 * @param environment versions, platform and threads by name
 */
public record RunProvenance(
        String stage, String version, long seed, Map<String, String> hashes, Map<String, String> environment) {
    /** Keeps copies in a fixed order. */
    public RunProvenance {
        hashes = new TreeMap<>(hashes);
        environment = new TreeMap<>(environment);
    }

    /**
     * A run's provenance; Java's version and the platform are added to {@code environment}.
     *
     * @param hashes SHA-256 by name
     * @param environment what only the caller knows, such as the engine's version and compute type
     */
    public static RunProvenance of(TrainConfig config, Map<String, String> hashes, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("java", System.getProperty("java.version"));
        all.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        config.run().threads().ifPresent(threads -> all.put("threads", Integer.toString(threads)));
        String version = Optional.ofNullable(RunProvenance.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new RunProvenance(config.stage().text(), version, config.run().seed(), hashes, all);
    }
}
