package dev.nla.eval.metric;

import dev.nla.model.InputException;
import dev.nla.model.outside.Provided;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The metrics that suites are made and read with: those that come along, then those from outside.
 *
 * @param all in the order of files; no two of one key
 */
public record MetricRegistry(List<Metric> all) {
    /** What else stands in the files under the names of metrics or beside them. */
    private static final Set<String> TAKEN = Set.of(
            "retrieval_median_rank",
            "id",
            "doc_id",
            "critic",
            "facts",
            "right",
            "wrong",
            "invented",
            "slot_known",
            "slot_stated",
            "slot_right",
            "slot_wrong",
            "slot_invented");

    /**
     * Checks the metrics.
     *
     * @throws InputException where one can't be told from another or written into a table
     */
    public MetricRegistry {
        all = List.copyOf(all);
        Set<String> keys = new HashSet<>(TAKEN);
        for (Metric metric : all) {
            if (!Provided.isName(metric.key())) {
                throw refused(metric, "expected small letters, digits and underscores as its key");
            }
            if (!keys.add(metric.key())) {
                throw refused(metric, "the key is taken: give it another");
            }
            requireLine(metric, "label", metric.label());
            requireLine(metric, "meaning", metric.meaning());
            if (metric.unit() == null || metric.better() == null) {
                throw refused(metric, "its unit and which of two values is better must not be null");
            }
        }
    }

    private static void requireLine(Metric metric, String what, String text) {
        if (text == null || text.isBlank() || text.lines().count() != 1) {
            throw refused(metric, "its " + what + " must be one line of text");
        }
    }

    private static InputException refused(Metric metric, String why) {
        return InputException.data(
                "metric %s of %s: %s", metric.key(), metric.getClass().getName(), why);
    }

    /** The metrics that come along. */
    public static MetricRegistry builtIn() {
        return new MetricRegistry(Metrics.ALL);
    }

    /**
     * The same and those found on the class path.
     *
     * @throws InputException where one of these can't be made, or is refused
     */
    public static MetricRegistry installed() {
        return builtIn().with(Provided.of(Metric.class, "metric"));
    }

    /** The same with more metrics behind. */
    public MetricRegistry with(List<Metric> more) {
        List<Metric> both = new ArrayList<>(all);
        both.addAll(more);
        return new MetricRegistry(both);
    }

    /** The metric with this key. */
    public Optional<Metric> of(String key) {
        return all.stream().filter(metric -> metric.key().equals(key)).findFirst();
    }

    /** What tables for reading show of every condition. */
    public List<Metric> inTables() {
        return andFromOutside(Metrics.IN_TABLES);
    }

    /** What the page shows of every stage. */
    public List<Metric> onPage() {
        return andFromOutside(Metrics.ON_PAGE);
    }

    /** What stages and controls are told apart by. */
    public List<Metric> compared() {
        return andFromOutside(Metrics.COMPARED);
    }

    private List<Metric> andFromOutside(List<Metric> chosen) {
        return Stream.concat(chosen.stream(), all.stream().filter(metric -> !Metrics.ALL.contains(metric)))
                .toList();
    }
}
