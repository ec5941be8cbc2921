package dev.nla.exchange;

import dev.nla.exchange.pickle.TorchTensor;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The dict in a torch file of nla-at-home's: {@code activations}, {@code ids}, {@code model}, {@code layer}, {@code n_layers}. */
final class AtHomeActivations {
    private final Path file;
    private final Map<?, ?> keys;
    private final int layer;
    private final TorchTensor tensor;
    private final List<String> ids;

    private AtHomeActivations(Path file, Map<?, ?> keys, OptionalInt wanted) {
        this.file = file;
        this.keys = keys;
        layer = layer(wanted);
        Object found = keys.get("activations");
        Object chosen = found instanceof Map<?, ?> layers ? layers.get((long) layer) : found;
        if (!(chosen instanceof TorchTensor matrix) || matrix.shape().length != 2) {
            throw wrong("activations", chosen, "a tensor [texts, width], or a dict of them by layer");
        }
        tensor = matrix;
        ids = readIds();
        if (ids.size() != tensor.shape()[0]) {
            throw InputException.data(
                    "%s: there are %d ids but activations are %s: the file is not of one extraction",
                    file, ids.size(), tensor.describe());
        }
        Optional<Long> width = number("d_model");
        if (width.isPresent() && width.get() != tensor.shape()[1]) {
            throw InputException.data(
                    "%s: d_model is %d but activations are %s: the file is not of one extraction",
                    file, width.get(), tensor.describe());
        }
    }

    /**
     * Finds one layer's activations.
     *
     * @param content what the torch file holds
     * @param wanted the layer, where the file holds several or does not say
     */
    static AtHomeActivations of(Path file, Object content, OptionalInt wanted) {
        if (!(content instanceof Map<?, ?> keys)) {
            throw InputException.data(
                    "%s: holds no dict; one with the keys activations and ids was expected, as nla-at-home's"
                            + " extract_activations.py saves it",
                    file);
        }
        return new AtHomeActivations(file, keys, wanted);
    }

    TorchTensor tensor() {
        return tensor;
    }

    List<String> ids() {
        return ids;
    }

    private List<String> readIds() {
        if (!(keys.get("ids") instanceof List<?> list)) {
            throw wrong("ids", keys.get("ids"), "a list of the texts' ids, one a row");
        }
        Map<String, Integer> rows = new HashMap<>();
        for (Object each : list) {
            if (!(each instanceof String id) || id.isBlank()) {
                throw wrong("ids[" + rows.size() + "]", each, "a text that is not blank");
            }
            Integer before = rows.putIfAbsent(id, rows.size());
            if (before != null) {
                throw InputException.data(
                        "%s: ids: '%s' stands at %d and again at %d: ids must be unique",
                        file, id, before, rows.size());
            }
        }
        return list.stream().map(String.class::cast).toList();
    }

    private int layer(OptionalInt wanted) {
        if (keys.get("activations") instanceof Map<?, ?> layers) {
            if (wanted.isPresent() && layers.containsKey((long) wanted.getAsInt())) {
                return wanted.getAsInt();
            }
            if (wanted.isEmpty()
                    && layers.size() == 1
                    && layers.keySet().iterator().next() instanceof Long only) {
                return within("activations", only);
            }
            throw InputException.usage(
                    "%s: it has the layers %s%s: choose one by %s",
                    file, layers.keySet(), wanted.isPresent() ? " but not " + wanted.getAsInt() : "", Key.of("layer"));
        }
        Optional<Long> recorded = number("layer");
        if (recorded.isPresent() && wanted.isPresent() && recorded.get() != wanted.getAsInt()) {
            throw InputException.data(
                    "%s: layer is %d, not %d as %s says: leave %s out",
                    file, recorded.get(), wanted.getAsInt(), Key.of("layer"), Key.of("layer"));
        }
        return recorded.map(found -> within("layer", found))
                .orElseGet(() -> wanted.orElseThrow(() -> InputException.data(
                        "%s: key 'layer' is missing: say by %s which block it is, from 0", file, Key.of("layer"))));
    }

    private int within(String key, long layer) {
        if (layer < 0 || layer > 10_000) {
            throw wrong(key, layer, "a layer from 0 on");
        }
        return (int) layer;
    }

    /**
     * What the activations are.
     *
     * @param model name of the base model, for a file that does not say
     */
    DatasetSidecar sidecar(Optional<String> model) {
        Map<String, Object> extraction = new LinkedHashMap<>();
        extraction.put("positions_per_doc", 1);
        // nla-at-home reads the last token of the rendered chat
        extraction.put("position", "last");
        extraction.put("prompt", "chat");
        number("n_layers").ifPresent(count -> extraction.put(AtHomeExport.LAYERS, count));
        String name = file.getFileName().toString();
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("extraction", extraction);
        other.put(ExchangeFormat.SIDECAR_KEY, ExchangeFormat.NLA_AT_HOME.imported(List.of(name)));
        String base = keys.get("model") instanceof String recorded && !recorded.isBlank()
                ? recorded
                : model.orElseThrow(() -> InputException.data(
                        "%s: key 'model' is missing: give the base model by %s DIR", file, Key.of("model")));
        return DatasetSidecar.of(
                name.replaceFirst("\\.[^.]*$", ""), ids.size(), base, (int) tensor.shape()[1], layer, other);
    }

    private Optional<Long> number(String key) {
        Object value = keys.get(key);
        if (value != null && !(value instanceof Long)) {
            throw wrong(key, value, "a whole number");
        }
        return Optional.ofNullable((Long) value);
    }

    private InputException wrong(String key, Object value, String expected) {
        String shown = value == null
                ? "missing"
                : value instanceof TorchTensor || value instanceof Long ? value.toString() : kind(value);
        return InputException.data("%s: key '%s' is %s: expected %s", file, key, shown, expected);
    }

    private static String kind(Object value) {
        return value instanceof Map
                ? "a dict"
                : value instanceof List ? "a list" : "a " + value.getClass().getSimpleName();
    }
}
