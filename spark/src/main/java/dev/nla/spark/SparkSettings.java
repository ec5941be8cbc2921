package dev.nla.spark;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.WorkerSetup;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/** Spark's properties for a run. */
final class SparkSettings {
    private static final String CORES = "spark.executor.cores";
    private static final String CLASS_PATH = "spark.executor.extraClassPath";
    private static final String JARS = "spark.jars";
    private static final String AUTHENTICATE = "spark.authenticate";
    private static final String SECRET = "spark.authenticate.secret";
    private static final String SECRET_FILE = "spark.authenticate.secret.file";
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,\\s*\\d+\\s*]");

    private static final List<Pattern> URLS = List.of(
            Pattern.compile("spark://[^\\s:,/]+:\\d+(,[^\\s:,/]+:\\d+)*"),
            Pattern.compile("k8s://\\S+"),
            Pattern.compile("yarn"),
            LOCAL_CLUSTER);

    /** Other values would cost much and change nothing: twice the work, weights that do not shrink, an end where gradients are large. */
    private static final Map<String, String> FIXED = Map.of(
            "spark.speculation", "false", "spark.broadcast.compress", "false", "spark.driver.maxResultSize", "0");

    /** Follow from the rest: a process has one generator of random numbers and one number of threads, so it has one task at a time. */
    private static final Set<String> DERIVED = Set.of("spark.master", "spark.task.cpus");

    private SparkSettings() {}

    /**
     * The properties.
     *
     * @throws InputException where one is given that may not be
     */
    static SparkConf of(ClusterSettings settings, WorkerSetup setup) {
        requireKnown(settings.url());
        Map<String, String> given = new TreeMap<>(settings.configuration());
        given.keySet().stream()
                .filter(key -> FIXED.containsKey(key) || DERIVED.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw InputException.usage("%s cannot be set: nla sets it itself, take it out", key);
                });
        SparkConf conf = new SparkConf(false).setAppName("nla");
        FIXED.forEach(conf::set);
        conf.setMaster(settings.url()).set("spark.ui.enabled", "false").set("spark.locality.wait", "0s");
        Matcher local = LOCAL_CLUSTER.matcher(settings.url());
        if (local.matches()) {
            conf.set(CORES, local.group(1)).set(CLASS_PATH, System.getProperty("java.class.path"));
        } else {
            conf.set(CORES, String.valueOf(setup.threads()));
            if (!given.containsKey(CLASS_PATH) && !given.containsKey(JARS)) {
                conf.set(JARS, jars());
            }
        }
        secret(settings.url(), given);
        given.forEach(conf::set);
        return conf.set("spark.task.cpus", conf.get(CORES));
    }

    /** Spark itself would tell of others by a stack trace. */
    private static void requireKnown(String url) {
        if (URLS.stream().noneMatch(form -> form.matcher(url).matches())) {
            throw InputException.usage(
                    "%s %s: expected spark://HOST:PORT, k8s://URL, yarn, or, to try it on this machine, local-cluster[EXECUTORS,CORES,MB]",
                    Key.of("cluster"), url);
        }
    }

    /** Master and workers of a standalone cluster do what anyone says who reaches them, unless all share a secret. */
    private static void secret(String url, Map<String, String> given) {
        if (!url.startsWith("spark:") || "false".equals(given.get(AUTHENTICATE)) || given.containsKey(SECRET)) {
            return;
        }
        String file = given.remove(SECRET_FILE);
        if (file == null) {
            throw InputException.usage(
                    "%s is joined with a secret that its master and workers know too: give the file that holds it by %s %s=FILE,"
                            + " or %s=false where nobody else reaches the cluster",
                    url, Key.of("cluster_conf"), SECRET_FILE, AUTHENTICATE);
        }
        given.put(AUTHENTICATE, "true");
        given.put(SECRET, read(Path.of(file)));
    }

    private static String read(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw InputException.data("%s is empty: write the cluster's secret into it", file);
            }
            return secret;
        } catch (IOException e) {
            throw InputException.data(e, "%s cannot be read: %s", file, e.getMessage());
        }
    }

    /** The program's own jars, which executors fetch from here. */
    private static String jars() {
        String own = System.getProperty("nla.cluster.jars", System.getProperty("java.class.path"));
        return Arrays.stream(own.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(","));
    }
}
