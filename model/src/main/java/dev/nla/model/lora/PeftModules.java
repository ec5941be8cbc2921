package dev.nla.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.files.Document;
import dev.nla.model.names.ModuleChoice;
import dev.nla.model.names.ModuleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Reads which modules an {@code adapter_config.json} chooses. Lists of plain projections come out in one order and without repetition. */
final class PeftModules {
    private static final String TARGETS = "target_modules";
    private static final String EXCLUDED = "exclude_modules";
    private static final String LAYERS = "layers_to_transform";
    private static final String PATTERN = "layers_pattern";

    /** Modules that PEFT can adapt and that are not linear layers of a block. */
    private static final Set<String> OUTSIDE = Set.of("lm_head", "embed_tokens");

    /** Other names that it makes sense to exclude. */
    private static final Set<String> EXCLUDABLE = Set.of(
            "lm_head",
            "embed_tokens",
            "self_attn",
            "mlp",
            "norm",
            "layers",
            "vision_tower",
            "vision_model",
            "multi_modal_projector",
            "language_model",
            "out_proj",
            "fc1",
            "fc2");

    private final Document config;

    private PeftModules(Document config) {
        this.config = config;
    }

    static ModuleChoice read(Document config) {
        return new PeftModules(config).choice();
    }

    private ModuleChoice choice() {
        ModuleSet targets = targets();
        List<String> excluded = config.at(EXCLUDED).isTextual() ? List.of() : config.texts(EXCLUDED);
        excluded.forEach(this::checkExcluded);
        if (targets instanceof ModuleSet.Listed listed
                && listed.names().stream().allMatch(PeftModules::isProjection)
                && excluded.stream().allMatch(name -> isProjection(name) || name.equals("lm_head"))
                && !config.at(EXCLUDED).isTextual()) {
            return new ModuleChoice(plain(listed.names(), excluded), Optional.empty(), layers(), pattern());
        }
        Optional<ModuleSet> without = config.at(EXCLUDED).isTextual()
                ? regularExpression(EXCLUDED)
                : Optional.of(excluded).filter(list -> !list.isEmpty()).map(ModuleSet.Listed::new);
        return new ModuleChoice(targets, without, layers(), pattern());
    }

    private ModuleSet targets() {
        JsonNode node = config.at(TARGETS);
        if (node.isTextual()) {
            return node.textValue().equalsIgnoreCase("all-linear")
                    ? new ModuleSet.Listed(names())
                    : regularExpression(TARGETS).orElseThrow(this::noTargets);
        }
        List<String> names = config.texts(TARGETS);
        for (String name : names) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            if (OUTSIDE.contains(last)) {
                throw config.wrong(TARGETS, "names out of " + names() + ": '" + name + "' is not adapted here");
            }
        }
        if (names.isEmpty()) {
            throw noTargets();
        }
        return new ModuleSet.Listed(List.copyOf(new LinkedHashSet<>(names)));
    }

    private RuntimeException noTargets() {
        return config.wrong(TARGETS, "at least one name out of " + names());
    }

    private ModuleSet plain(List<String> targets, List<String> excluded) {
        Set<Projection> chosen = new TreeSet<>();
        targets.forEach(name -> Projection.named(name).ifPresent(chosen::add));
        excluded.forEach(name -> Projection.named(name).ifPresent(chosen::remove));
        if (chosen.isEmpty()) {
            throw noTargets();
        }
        return new ModuleSet.Listed(chosen.stream().map(Projection::hfName).toList());
    }

    private void checkExcluded(String name) {
        if (name.indexOf('.') < 0 && !isProjection(name) && !EXCLUDABLE.contains(name)) {
            throw config.wrong(EXCLUDED, "names out of " + names() + " or longer ones");
        }
    }

    private Optional<ModuleSet> regularExpression(String key) {
        String pattern = config.at(key).textValue();
        try {
            return pattern.isEmpty() ? Optional.empty() : Optional.of(new ModuleSet.Matching(pattern));
        } catch (IllegalArgumentException e) {
            throw config.wrong(key, "a list of names or a regular expression: " + e.getMessage());
        }
    }

    private Optional<List<Integer>> layers() {
        JsonNode node = config.at(LAYERS);
        if (node.isMissingNode() || (node.isArray() && node.isEmpty())) {
            return Optional.empty();
        }
        if (config.at(TARGETS).isTextual()) {
            throw config.wrong(LAYERS, "nothing when target_modules is one text, as in peft");
        }
        List<JsonNode> entries =
                node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of(node);
        for (JsonNode each : entries) {
            if (!each.isIntegralNumber() || !each.canConvertToInt() || each.intValue() < 0) {
                throw config.wrong(LAYERS, "numbers of blocks, from 0 on");
            }
        }
        return Optional.of(entries.stream().map(JsonNode::intValue).toList());
    }

    private List<String> pattern() {
        List<String> pattern = new ArrayList<>(config.texts(PATTERN));
        pattern.removeIf(String::isEmpty);
        // The one list of blocks that these models have is found without being named.
        if (pattern.isEmpty() || pattern.equals(List.of("layers"))) {
            return List.of();
        }
        if (layers().isEmpty()) {
            throw config.wrong(PATTERN, "nothing where layers_to_transform is not set, as in peft");
        }
        return pattern;
    }

    private static boolean isProjection(String name) {
        return Projection.named(name).isPresent();
    }

    private static List<String> names() {
        return Arrays.stream(Projection.values()).map(Projection::hfName).toList();
    }
}
