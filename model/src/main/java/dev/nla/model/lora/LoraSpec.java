package dev.nla.model.lora;

import dev.nla.model.InputException;
import dev.nla.model.config.Family;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Which layers a LoRA adapter (Hu et al. 2021) changes and how strongly: the output of an adapted layer is
 * {@code W x + scale * B A x} with A {@code [rank, in]} and B {@code [out, rank]}.
 *
 * @param rank r, above 0
 * @param alpha the numerator of the scale, above 0
 * @param dropout probability with which an input of A is dropped in training, from 0 to below 1
 * @param rsLora whether the scale is {@code alpha / sqrt(rank)} (Kalajdzievski 2023) instead of {@code alpha / rank}
 * @param targets the adapted projections, at least one
 * @param rankPattern other ranks for some modules; a key matches a module name as PEFT does, the first match counts
 * @param alphaPattern other alphas for some modules, likewise
 * @param layers the adapted blocks; all when empty
 */
public record LoraSpec(
        int rank,
        double alpha,
        double dropout,
        boolean rsLora,
        Set<Projection> targets,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern,
        Optional<List<Integer>> layers) {

    /** The largest rank that is accepted. */
    public static final int MOST_RANK = 1 << 16;

    /** Checks every value; collections are copied, patterns keep their order. */
    public LoraSpec {
        require(rank >= 1 && rank <= MOST_RANK, "rank must be from 1 to " + MOST_RANK + ", not " + rank);
        require(alpha > 0 && Double.isFinite(alpha), "alpha must be above 0, not " + alpha);
        require(dropout >= 0 && dropout < 1, "dropout must be from 0 to below 1, not " + dropout);
        require(!targets.isEmpty(), "an adapter needs at least one target module");
        targets = Collections.unmodifiableSet(EnumSet.copyOf(targets));
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        rankPattern.forEach((key, value) -> {
            require(value >= 1 && value <= MOST_RANK, "the rank of pattern " + key + " is " + value);
            matcher(key);
        });
        alphaPattern.forEach((key, value) -> {
            require(value > 0 && Double.isFinite(value), "the alpha of pattern " + key + " is " + value);
            matcher(key);
        });
        layers = layers.map(list -> list.stream().distinct().sorted().toList());
        layers.ifPresent(
                list -> require(!list.isEmpty() && list.get(0) >= 0, "layers must be numbers from 0 on, not " + list));
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
        Set<Projection> there = EnumSet.copyOf(targets);
        there.retainAll(Projection.of(family));
        if (there.isEmpty()) {
            throw InputException.data(
                    "the adapter's target_modules are %s, but a block of %s has %s: it belongs to another model",
                    names(targets), family.modelType(), names(Projection.of(family)));
        }
        return new LoraSpec(rank, alpha, dropout, rsLora, there, rankPattern, alphaPattern, layers);
    }

    private static String names(Set<Projection> projections) {
        return projections.stream().map(Projection::hfName).collect(Collectors.joining(", "));
    }

    /** Whether this projection of this block is adapted. */
    public boolean adapts(int layer, Projection projection) {
        return targets.contains(projection)
                && layers.map(list -> list.contains(layer)).orElse(true);
    }

    /** The rank of a module. */
    public int rank(int layer, Projection projection) {
        return lookUp(rankPattern, projection.moduleName(layer)).orElse(rank);
    }

    /** The alpha of a module. */
    public double alpha(int layer, Projection projection) {
        return lookUp(alphaPattern, projection.moduleName(layer)).orElse(alpha);
    }

    /** What {@code B A x} of a module is multiplied by. */
    public double scale(int layer, Projection projection) {
        int r = rank(layer, projection);
        return alpha(layer, projection) / (rsLora ? Math.sqrt(r) : r);
    }

    private static <T> Optional<T> lookUp(Map<String, T> pattern, String module) {
        return pattern.entrySet().stream()
                .filter(entry -> matcher(entry.getKey()).matcher(module).lookingAt())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** PEFT's rule: {@code re.match(rf"(.*\.)?({key})$", module)}. */
    private static Pattern matcher(String key) {
        try {
            return Pattern.compile("(.*\\.)?(" + key + ")$");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the pattern '" + key + "' is no regular expression", e);
        }
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
