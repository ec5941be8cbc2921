package dev.nla.model.lora;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.ModuleChoice;
import dev.nla.model.names.ModuleMatcher;
import dev.nla.model.names.ModuleSet;
import dev.nla.model.names.ModuleSet.Listed;
import dev.nla.model.names.NameSpace;
import dev.nla.model.names.PatternKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings together what {@code adapter_config.json} says, which tensors an adapter holds and which modules a model has. They must agree; what
 * comes out is the same specification under the names that PEFT sees today.
 *
 * <p>Each text is tried in the name space of the adapter's own tensors first and then in the others, since older transformers named Gemma 3's
 * modules otherwise. A name of a block's module, a pattern or an exclusion that meets nothing is an error. Only names that say no block, such as
 * {@code c_attn}, may meet nothing, as in PEFT: lists are written for many families.
 */
final class AdapterFit {
    private static final Pattern BLOCK = Pattern.compile("(.*\\.)?\\d+\\..*");

    private final String where;
    private final List<NameSpace> spaces;
    private final NameSpace named;
    private final List<Place> model;
    private final Set<Place> adapted;
    private final List<String> pictures;
    private final LoraSpec spec;

    private AdapterFit(
            String where,
            List<NameSpace> spaces,
            NameSpace named,
            List<Place> model,
            Set<Place> adapted,
            List<String> pictures,
            LoraSpec spec) {
        this.where = where;
        this.spaces = spaces;
        this.named = named;
        this.model = model;
        this.adapted = adapted;
        this.pictures = pictures;
        this.spec = spec;
    }

    /** Fits an adapter that was read to its base model. */
    static LoraSpec read(Path folder, ModelConfig config, LoraSpec spec, AdapterTensors tensors) {
        String where = folder.resolve(PeftConfig.FILE).toString();
        NameSpace named = NameSpace.ofModules(config);
        List<NameSpace> spaces = NameSpace.startingWith(tensors.space().orElse(named), named);
        List<Place> model = Place.of(config);
        for (Place place : tensors.places()) {
            if (!model.contains(place)) {
                throw InputException.data(
                        "%s: tensor %s belongs to no module of this base model, which has %d blocks with %s: the adapter "
                                + "belongs to another model",
                        tensors.file(),
                        tensors.name(place, LoraLayout.Side.A),
                        config.layers(),
                        String.join(", ", Projection.names(config.family())));
            }
        }
        AdapterFit fit =
                new AdapterFit(where, spaces, named, model, tensors.places(), List.copyOf(tensors.pictures()), spec);
        fit.requireTensors(tensors);
        fit.requireTargets();
        if (config.multimodal()) {
            fit.requireExclusions(PictureModules.names());
        } else {
            fit.requireExclusions(List.of());
        }
        return fit.asNamed();
    }

    /** Checks what an adapter's tensors alone can tell, without a base model. */
    static void check(Path folder, LoraSpec spec, AdapterTensors tensors) {
        NameSpace own = tensors.space().orElse(new NameSpace("model."));
        List<Place> places = List.copyOf(tensors.places());
        AdapterFit fit = new AdapterFit(
                folder.resolve(PeftConfig.FILE).toString(),
                NameSpace.startingWith(own),
                own,
                places,
                tensors.places(),
                List.copyOf(tensors.pictures()),
                spec);
        fit.requireTensors(tensors);
        fit.asNamed();
    }

    /** Fits the specification of a new adapter to its model. */
    static LoraSpec made(ModelConfig config, LoraSpec spec) {
        NameSpace named = NameSpace.ofModules(config);
        List<Place> model = Place.of(config);
        Set<Place> adapted = chosen(spec.modules(), named, model);
        return new AdapterFit(
                        "the LoRA settings", NameSpace.startingWith(named), named, model, adapted, List.of(), spec)
                .asNamed();
    }

    private static Set<Place> chosen(ModuleChoice choice, NameSpace space, List<Place> model) {
        ModuleMatcher matcher = new ModuleMatcher(choice);
        Set<Place> chosen = new LinkedHashSet<>();
        model.stream().filter(place -> matcher.chooses(place.module(space))).forEach(chosen::add);
        return chosen;
    }

    /** Targets and tensors must be the same modules. */
    private void requireTensors(AdapterTensors tensors) {
        if (spaces.stream()
                .anyMatch(space -> chosen(spec.modules(), space, model).equals(adapted))) {
            if (!adapted.isEmpty()) {
                return;
            }
            throw InputException.data("%s: changes no module of the text model: it belongs to another model", where);
        }
        Set<Place> chosen = chosen(spec.modules(), spaces.get(0), model);
        for (Place place : adapted) {
            if (!chosen.contains(place)) {
                throw InputException.data(
                        "%s: tensor %s is there, but %s (%s) does not choose module %s: one of the two files belongs to "
                                + "another adapter",
                        tensors.file(),
                        tensors.name(place, LoraLayout.Side.A),
                        PeftConfig.FILE,
                        spec.modules().shown(),
                        place.module(spaces.get(0)));
            }
        }
        chosen.removeAll(adapted);
        Place missing = chosen.iterator().next();
        throw InputException.data(
                "%s: tensor %s is missing, but %s (%s) chooses module %s: the adapter is incomplete or belongs to another "
                        + "model",
                tensors.file(),
                tensors.name(missing, LoraLayout.Side.A),
                PeftConfig.FILE,
                spec.modules().shown(),
                missing.module(spaces.get(0)));
    }

    private void requireTargets() {
        if (spec.modules().targets() instanceof Listed listed) {
            Set<String> known = endings(model);
            for (String entry : listed.names()) {
                if (BLOCK.matcher(entry).matches() && !known.contains(entry) && !PictureModules.has(entry)) {
                    throw InputException.data(
                            "%s: target_modules has '%s', but this base model has no such module: correct or remove it, or "
                                    + "the adapter belongs to another model",
                            where, entry);
                }
            }
        }
    }

    private void requireExclusions(List<String> others) {
        Optional<ModuleSet> excluded = spec.modules().excluded();
        if (excluded.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(others);
        all.addAll(pictures);
        for (NameSpace space : spaces) {
            all.addAll(ModuleTree.names(space, model));
        }
        List<ModuleSet> entries = excluded.get() instanceof Listed listed
                ? listed.names().stream()
                        .map(name -> (ModuleSet) new Listed(List.of(name)))
                        .toList()
                : List.of(excluded.get());
        for (ModuleSet entry : entries) {
            ModuleMatcher matcher =
                    new ModuleMatcher(new ModuleChoice(entry, Optional.of(entry), Optional.empty(), List.of()));
            if (all.stream().noneMatch(matcher::excludes)) {
                throw InputException.data(
                        "%s: exclude_modules has '%s', which matches no module of this base model, for example %s: "
                                + "correct or remove it",
                        where, entry.shown(), model.get(0).module(named));
            }
        }
    }

    /** All ends of all names in all name spaces. */
    private Set<String> endings(List<Place> places) {
        Set<String> ends = new LinkedHashSet<>();
        for (NameSpace space : spaces) {
            for (Place place : places) {
                String name = place.module(space);
                ends.add(name);
                for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                    ends.add(name.substring(dot + 1));
                }
            }
        }
        return ends;
    }

    private LoraSpec asNamed() {
        ModuleChoice choice = spec.modules();
        if (!chosen(choice, named, model).equals(adapted)) {
            choice = ModuleChoice.of(
                    adapted.stream().map(place -> place.module(named)).toList(), Optional.empty());
        }
        return new LoraSpec(
                spec.rank(),
                spec.alpha(),
                spec.dropout(),
                spec.rsLora(),
                choice,
                asNamed("rank_pattern", spec.rankPattern()),
                asNamed("alpha_pattern", spec.alphaPattern()));
    }

    /** A pattern whose keys mean the same modules under today's names. */
    private <V> Map<String, V> asNamed(String what, Map<String, V> pattern) {
        List<Place> places = List.copyOf(adapted);
        PatternKeys<V> keys = new PatternKeys<>(pattern);
        List<List<List<Integer>>> bySpace = spaces.stream()
                .map(space -> keys.matches(modules(places, space)))
                .toList();
        Map<String, V> result = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<String, V> entry : pattern.entrySet()) {
            int key = index++;
            List<Integer> met = bySpace.stream()
                    .map(matches -> matches.get(key))
                    .filter(matches -> !matches.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> InputException.data(
                            "%s: the key '%s' of %s matches none of the modules that the adapter changes, for example %s: "
                                    + "correct or remove it",
                            where, entry.getKey(), what, places.get(0).module(named)));
            if (met.equals(bySpace.get(spaces.indexOf(named)).get(key))) {
                result.putIfAbsent(entry.getKey(), entry.getValue());
            } else {
                met.stream()
                        .filter(at -> at < places.size())
                        .forEach(at -> result.putIfAbsent(places.get(at).module(named), entry.getValue()));
            }
        }
        return result;
    }

    private List<String> modules(List<Place> places, NameSpace space) {
        List<String> modules = new ArrayList<>(
                places.stream().map(place -> place.module(space)).toList());
        modules.addAll(pictures);
        return modules;
    }
}
