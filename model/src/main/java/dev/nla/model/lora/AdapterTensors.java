package dev.nla.model.lora;

import dev.nla.model.InputException;
import dev.nla.model.names.NameSpace;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of {@code adapter_model.safetensors} by the modules they adapt, in whatever name space they are written. Modules of the part
 * that sees pictures, which text never reaches, are told apart.
 */
final class AdapterTensors {
    private static final Pattern FACTOR = Pattern.compile("base_model\\.model\\.(.+)\\.lora_([AB])\\.weight");
    private static final List<String> PICTURES = List.of("vision_tower.", "multi_modal_projector.");
    private static final Pattern IN_BLOCK = Pattern.compile("layers\\.(\\d{1,5})\\.(.+)");

    private final Path file;
    private final Map<Place, Map<LoraLayout.Side, String>> names = new LinkedHashMap<>();
    private final Set<String> pictures = new LinkedHashSet<>();
    private Optional<NameSpace> space = Optional.empty();

    private AdapterTensors(Path file) {
        this.file = file;
    }

    /**
     * Sorts the names of an adapter's tensors.
     *
     * @throws InputException where one is no LoRA factor of a linear layer in a decoder block
     */
    static AdapterTensors of(Path file, Collection<String> names) {
        AdapterTensors tensors = new AdapterTensors(file);
        names.stream().sorted().forEach(tensors::add);
        return tensors;
    }

    private void add(String name) {
        Matcher factor = FACTOR.matcher(name);
        String module = NameSpace.unwrapped(factor.matches() ? factor.group(1) : name);
        if (PICTURES.stream().anyMatch(part -> module.startsWith(part) || module.contains("." + part))) {
            pictures.add(module);
            return;
        }
        Optional<NameSpace> own = NameSpace.ofModule(module);
        Optional<Place> place =
                own.flatMap(it -> place(module.substring(it.prefix().length())));
        if (!factor.matches() || place.isEmpty()) {
            throw InputException.data(
                    "%s: tensor %s belongs to no linear layer of a decoder block, and only those are adapted here",
                    file, name);
        }
        if (space.isPresent() && !space.equals(own)) {
            throw InputException.data(
                    "%s: tensor %s has another name space than the tensors before it, '%s'",
                    file, name, space.get().prefix());
        }
        space = own;
        String twin = names.computeIfAbsent(place.get(), it -> new LinkedHashMap<>())
                .put(LoraLayout.Side.valueOf(factor.group(2)), name);
        if (twin != null) {
            throw InputException.data("%s: tensors %s and %s are the same factor: keep one", file, twin, name);
        }
    }

    private static Optional<Place> place(String part) {
        Matcher inBlock = IN_BLOCK.matcher(part);
        return inBlock.matches()
                ? Projection.named(inBlock.group(2))
                        .filter(projection -> projection.path().equals(inBlock.group(2)))
                        .map(projection -> new Place(Integer.parseInt(inBlock.group(1)), projection))
                : Optional.empty();
    }

    Path file() {
        return file;
    }

    /** The adapted places of the text model, in the order of their names. */
    Set<Place> places() {
        return names.keySet();
    }

    /** Full names of adapted modules in the part that sees pictures. */
    Set<String> pictures() {
        return pictures;
    }

    /** The name space of the text model's modules; empty where none is adapted. */
    Optional<NameSpace> space() {
        return space;
    }

    /** The name of one factor. */
    String name(LoraLayout.Factor factor) {
        return name(new Place(factor.layer(), factor.projection()), factor.side());
    }

    /** The name of one factor, or what it would be called. */
    String name(Place place, LoraLayout.Side side) {
        return Optional.ofNullable(names.get(place))
                .map(pair -> pair.get(side))
                .orElse("base_model.model." + place.module(space.orElse(new NameSpace("model."))) + ".lora_" + side
                        + ".weight");
    }
}
