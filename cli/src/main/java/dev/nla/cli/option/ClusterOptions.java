package dev.nla.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import dev.nla.model.outside.Provided;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import dev.nla.model.workers.WorkersProvider;
import dev.nla.model.workers.WorkersSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags that have a cluster work on what a command cuts into parts. They stand over the block {@code cluster} of a file of settings. */
public final class ClusterOptions {
    private static final String BLOCK = "cluster";
    private static final String URL = "url";
    private static final String CONFIGURATION = "conf";
    private static final String MIXED = "mixed_workers";

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description = "Have this Spark cluster do the work that can be cut into parts: spark://HOST:7077, yarn, "
                    + "k8s://URL. The results are the same.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--cluster-conf",
            paramLabel = "KEY=VALUE",
            description = "A property of Spark; may be given often.")
    private Map<String, String> configuration = new LinkedHashMap<>();

    @Option(
            names = "--mixed-workers",
            description = "Let workers differ in processor, torch or threads, on which last digits depend.")
    private boolean mixed;

    /** The cluster asked for, where there is one. */
    public Optional<ClusterSettings> cluster() {
        return url.map(where -> new ClusterSettings(where, configuration, mixed));
    }

    /**
     * Refuses a cluster where there is nothing for it to do.
     *
     * @param why in a few words, with what to do about it
     */
    public void requireNone(String why) {
        url.ifPresent(where -> {
            throw InputException.usage("--cluster %s: %s", where, why);
        });
    }

    /**
     * Workers with a base model, which compute with as many threads as torch does here; the caller closes them.
     *
     * @throws InputException where nothing on the class path can connect, or the cluster does not answer
     */
    public Workers workers(Path model) {
        return source(cluster()).open(WorkerSetup.of(model));
    }

    /** The same without a base model. */
    public Workers workers() {
        return source(cluster()).open(WorkerSetup.withoutModel());
    }

    /** The cluster asked for, by flags or by a file of settings. */
    public Optional<ClusterSettings> cluster(Optional<Path> yaml) {
        Optional<Document> file = yaml.map(Document::yaml).filter(document -> document.has(BLOCK));
        if (file.isEmpty()) {
            return cluster();
        }
        Document document = file.get();
        document.requiredObject(BLOCK).fieldNames().forEachRemaining(key -> requireKnown(document, key));
        String where = url.or(() -> document.text(path(URL)))
                .orElseThrow(() -> document.wrong(path(URL), "the cluster's address, such as spark://HOST:7077"));
        Map<String, String> properties = new LinkedHashMap<>();
        if (document.has(path(CONFIGURATION))) {
            document.requiredObject(path(CONFIGURATION))
                    .properties()
                    .forEach(property -> properties.put(property.getKey(), text(document, property.getValue())));
        }
        properties.putAll(configuration);
        return Optional.of(new ClusterSettings(where, properties, mixed || document.flag(path(MIXED), false)));
    }

    private static void requireKnown(Document document, String key) {
        Set<String> known = Set.of(URL, CONFIGURATION, MIXED);
        if (!known.contains(key)) {
            throw document.wrong(path(key), "url, conf and mixed_workers: take it out");
        }
    }

    private static String text(Document document, JsonNode value) {
        if (!value.isValueNode()) {
            throw document.wrong(path(CONFIGURATION), "one value a property");
        }
        return value.asText();
    }

    private static String path(String key) {
        return BLOCK + "." + key;
    }

    /**
     * What connects to a cluster, or has this process work where there is none.
     *
     * @throws InputException where nothing on the class path can connect
     */
    public static WorkersSource source(Optional<ClusterSettings> cluster) {
        if (cluster.isEmpty()) {
            return WorkersSource.here();
        }
        return Provided.of(WorkersProvider.class, "way to a cluster").stream()
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "nothing on the class path connects to %s: start by ./nla in a checkout, or give a release its jars for clusters"
                                + " (docs/how-to/run-on-a-cluster.md)",
                        cluster.get().url()))
                .on(cluster.get());
    }
}
