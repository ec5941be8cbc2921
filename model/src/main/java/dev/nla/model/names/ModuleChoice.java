package dev.nla.model.names;

import java.util.List;
import java.util.Optional;

/**
 * Which modules an adapter changes, in the terms of PEFT.
 *
 * @param targets {@code target_modules}
 * @param excluded {@code exclude_modules}
 * @param layers {@code layers_to_transform}, ascending; all where empty
 * @param layersPattern {@code layers_pattern}: regular expressions of what stands before a block's number; anything where empty
 */
public record ModuleChoice(
        ModuleSet targets, Optional<ModuleSet> excluded, Optional<List<Integer>> layers, List<String> layersPattern) {

    /** Checks layers and patterns. */
    public ModuleChoice {
        layers = layers.map(list -> list.stream().distinct().sorted().toList());
        if (layers.isPresent() && (layers.get().isEmpty() || layers.get().get(0) < 0)) {
            throw new IllegalArgumentException("layers must be numbers from 0 on, not " + layers.get());
        }
        layersPattern = List.copyOf(layersPattern);
        layersPattern.forEach(pattern -> PythonPattern.of(pattern, new MatchBudget()));
        if (targets instanceof ModuleSet.Listed listed && listed.names().isEmpty()) {
            throw new IllegalArgumentException("an adapter needs at least one target module");
        }
    }

    /** Modules by the ends of their names, in some blocks or in all. */
    public static ModuleChoice of(List<String> names, Optional<List<Integer>> layers) {
        return new ModuleChoice(new ModuleSet.Listed(names), Optional.empty(), layers, List.of());
    }

    /** The same for other targets. */
    public ModuleChoice withTargets(ModuleSet others) {
        return new ModuleChoice(others, excluded, layers, layersPattern);
    }

    /** How it reads in a message: everything that decides. */
    public String shown() {
        return "target_modules " + targets.shown()
                + excluded.map(set -> ", exclude_modules " + set.shown()).orElse("")
                + layers.map(list -> ", layers_to_transform " + list).orElse("")
                + (layersPattern.isEmpty() ? "" : ", layers_pattern " + String.join(", ", layersPattern));
    }
}
