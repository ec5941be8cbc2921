package dev.nla.train.config;

import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.sidecar.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which metrics the evaluations of a run have, so that one that they lack is refused before anything is loaded. */
final class HeldOutMetrics {
    static final String KEY = "metric_for_best_model";
    private static final String AUTO = "auto";
    private static final String PREFIX = "eval_";

    private HeldOutMetrics() {}

    /**
     * Checks the metric that picks the best checkpoint.
     *
     * @throws InputException (usage) when no evaluation of such a run has it
     */
    static void requireKnown(TrainConfig config) {
        String given = config.report().metricForBestModel();
        Set<String> known = of(config);
        String name = given.startsWith(PREFIX) ? given.substring(PREFIX.length()) : given;
        if (!given.equals(AUTO) && !known.contains(name)) {
            throw InputException.usage(
                    "%s is '%s', expected auto or one of %s, which %s evaluates",
                    KEY, given, String.join(", ", known), run(config));
        }
    }

    private static String run(TrainConfig config) {
        String stage = "nla train " + config.stage().text();
        return config instanceof SftConfig sft
                ? "role " + (sft.role() == Role.VERBALIZER ? "verbalizer" : "reconstructor") + " of " + stage
                : stage;
    }

    /** The names without {@code eval_}, in the order of the logs. */
    static Set<String> of(TrainConfig config) {
        Set<String> names = new LinkedHashSet<>();
        if (config instanceof GrpoConfig) {
            addGap(names);
            names.addAll(
                    List.of("completions/mean_length", "completions/unparseable_ratio", "completions/distinct_ratio"));
        } else if (config instanceof SftConfig sft && sft.role() == Role.RECONSTRUCTOR) {
            names.add("loss");
            addGap(names);
        } else if (config instanceof SftConfig) {
            names.addAll(List.of("loss", "loss_shuffled", "loss_difference"));
        } else {
            names.addAll(List.of("loss", "perplexity"));
        }
        return names;
    }

    private static void addGap(Set<String> names) {
        for (Form form : Form.values()) {
            names.addAll(List.of("gap/" + form.key(), "gap/" + form.key() + "_accuracy", "gap/" + form.key() + "_cos"));
        }
        names.addAll(List.of("fve/nrm", "fve/meannorm"));
    }
}
