package dev.nla.model.names;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides module by module as PEFT's {@code check_target_module_exists} does, within a bounded time. */
public final class ModuleMatcher {
    private final MatchBudget budget = new MatchBudget();
    private final Optional<List<Integer>> layers;
    private final Named targets;
    private final Optional<Named> excluded;
    private final List<PythonPattern> layersPattern;

    /** A set whose names are looked up and whose pattern is read once. */
    private final class Named {
        private final Set<String> names;
        private final Optional<PythonPattern> pattern;

        Named(ModuleSet set) {
            names = set instanceof ModuleSet.Listed listed ? Set.copyOf(listed.names()) : Set.of();
            pattern = set instanceof ModuleSet.Matching matching
                    ? Optional.of(PythonPattern.of(matching.pattern(), budget))
                    : Optional.empty();
        }

        boolean has(String module) {
            return pattern.isPresent() ? pattern.get().matchesAll(module) : names.contains(module) || hasEnd(module);
        }

        boolean hasExactly(String module) {
            return names.contains(module);
        }

        private boolean hasEnd(String module) {
            for (int dot = module.indexOf('.'); dot >= 0; dot = module.indexOf('.', dot + 1)) {
                if (names.contains(module.substring(dot + 1))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Gets ready to decide. */
    public ModuleMatcher(ModuleChoice choice) {
        targets = new Named(choice.targets());
        excluded = choice.excluded().map(Named::new);
        layers = choice.layers();
        layersPattern = choice.layersPattern().stream()
                .map(pattern -> PythonPattern.of(pattern, budget))
                .toList();
    }

    /** Whether the module of this full name is adapted. */
    public boolean chooses(String module) {
        return !excludes(module) && targets.has(module) && (targets.hasExactly(module) || isInChosenLayer(module));
    }

    /** Whether {@code exclude_modules} names it. */
    public boolean excludes(String module) {
        return excluded.map(set -> set.has(module)).orElse(false);
    }

    private boolean isInChosenLayer(String module) {
        return layers.isEmpty()
                || (layersPattern.isEmpty() ? firstNumber(module) : numberBehindPattern(module))
                        .map(this::isChosen)
                        .orElse(false);
    }

    private boolean isChosen(String digits) {
        return digits.length() < 9 && layers.orElseThrow().contains(Integer.valueOf(digits));
    }

    /** The first part of a name that is a number and has at least two parts before it and one behind. */
    private static Optional<String> firstNumber(String module) {
        String[] parts = module.split("\\.", -1);
        for (int i = 2; i < parts.length - 1; i++) {
            if (isNumber(parts[i])) {
                return Optional.of(parts[i]);
            }
        }
        return Optional.empty();
    }

    private Optional<String> numberBehindPattern(String module) {
        for (PythonPattern pattern : layersPattern) {
            for (int begin = 0; begin >= 0; begin = next(module, begin)) {
                BitSet ends = pattern.ends(module, begin);
                for (int end = ends.length() - 1; end >= 0; end = ends.previousSetBit(end - 1)) {
                    int close = module.indexOf('.', end + 1);
                    if (close > 0 && module.charAt(end) == '.' && isNumber(module.substring(end + 1, close))) {
                        return Optional.of(module.substring(end + 1, close));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static int next(String module, int begin) {
        int dot = module.indexOf('.', begin);
        return dot < 0 ? -1 : dot + 1;
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
