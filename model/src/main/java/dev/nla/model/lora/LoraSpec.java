package dev.nla.model.lora;

import dev.nla.model.InputException;
import dev.nla.model.config.Family;
import dev.nla.model.names.ModuleChoice;
import dev.nla.model.names.ModuleSet;
import dev.nla.model.names.PatternKeys;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which layers a LoRA adapter (Hu et al. 2021) changes and how strongly: the output of an adapted layer is
 * {@code W x + scale * B A x} with A {@code [rank, in]} and B {@code [out, rank]}.
 *
 * @param rank r, above 0
 * @param alpha the numerator of the scale, above 0
 * @param dropout probability with which an input of A is dropped in training, from 0 to below 1
 * @param rsLora whether the scale is {@code alpha / sqrt(rank)} (Kalajdzievski 2023) instead of {@code alpha / rank}
 * @param modules which modules are adapted
 * @param rankPattern other ranks for some modules; a key matches a module name as PEFT does, the first match counts
 * @param alphaPattern other alphas for some modules, likewise
 */
public record LoraSpec(
        int rank,
        double alpha,
        double dropout,
        boolean rsLora,
        ModuleChoice modules,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern) {

    /** The largest rank that is accepted. */
    public static final int MOST_RANK = 1 << 16;

    /** Checks every value; collections are copied, patterns keep their order. */
    public LoraSpec {
        require(rank >= 1 && rank <= MOST_RANK, "rank must be from 1 to " + MOST_RANK + ", not " + rank);
        require(alpha > 0 && Double.isFinite(alpha), "alpha must be above 0, not " + alpha);
        require(dropout >= 0 && dropout < 1, "dropout must be from 0 to below 1, not " + dropout);
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        rankPattern.forEach((key, value) -> {
            require(value >= 1 && value <= MOST_RANK, "the rank of pattern " + key + " is " + value);
        });
        alphaPattern.forEach((key, value) -> {
            require(value > 0 && Double.isFinite(value), "the alpha of pattern " + key + " is " + value);
        });
        new PatternKeys<>(rankPattern);
        new PatternKeys<>(alphaPattern);
    }

    /** Projections of some blocks, or of all where {@code layers} is empty. */
    public LoraSpec(
            int rank,
            double alpha,
            double dropout,
            boolean rsLora,
            Set<Projection> targets,
            Map<String, Integer> rankPattern,
            Map<String, Double> alphaPattern,
            Optional<List<Integer>> layers) {
        this(rank, alpha, dropout, rsLora, ModuleChoice.of(names(targets), layers), rankPattern, alphaPattern);
    }

    /** One rank and alpha for these projections of every block. */
    public static LoraSpec of(int rank, double alpha, double dropout, Set<Projection> targets) {
        return new LoraSpec(rank, alpha, dropout, false, targets, Map.of(), Map.of(), Optional.empty());
    }

    /**
     * The same for a model of this family: targets that its blocks do not have are left out, as PEFT does.
     *
     * @throws InputException when it has none of them
     */
    public LoraSpec on(Family family) {
        if (!(modules.targets() instanceof ModuleSet.Listed listed)) {
            return this;
        }
        List<String> there = listed.names().stream()
                .filter(name -> Projection.named(name)
                        .map(Projection.of(family)::contains)
                        .orElse(true))
                .toList();
        if (there.isEmpty()) {
            throw InputException.data(
                    "the adapter's target_modules are %s, but a block of %s has %s: it belongs to another model",
                    listed.shown(), family.modelType(), String.join(", ", Projection.names(family)));
        }
        ModuleChoice choice = modules.withTargets(new ModuleSet.Listed(there));
        return new LoraSpec(rank, alpha, dropout, rsLora, choice, rankPattern, alphaPattern);
    }

    private static List<String> names(Set<Projection> projections) {
        return projections.stream().sorted().map(Projection::hfName).toList();
    }

    /** The projections that are named without a block; the others are known when model and tensors are. */
    public Set<Projection> targets() {
        Set<Projection> named = EnumSet.noneOf(Projection.class);
        if (modules.targets() instanceof ModuleSet.Listed listed) {
            listed.names().forEach(name -> Projection.named(name).ifPresent(named::add));
        }
        return Collections.unmodifiableSet(named);
    }

    /** The adapted blocks, where only some are. */
    public Optional<List<Integer>> layers() {
        return modules.layers();
    }

    /** The rank of the module of this full name. */
    public int rank(String module) {
        return new PatternKeys<>(rankPattern).at(module).orElse(rank);
    }

    /** The alpha of the module of this full name. */
    public double alpha(String module) {
        return new PatternKeys<>(alphaPattern).at(module).orElse(alpha);
    }

    /** What {@code B A x} of the module of this full name is multiplied by. */
    public double scale(String module) {
        return scale(rank(module), alpha(module));
    }

    double scale(int ofRank, double ofAlpha) {
        return ofAlpha / (rsLora ? Math.sqrt(ofRank) : ofRank);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
