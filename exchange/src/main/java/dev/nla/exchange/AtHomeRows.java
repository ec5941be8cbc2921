package dev.nla.exchange;

import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.exchange.pickle.TorchFile;
import dev.nla.exchange.pickle.TorchRows;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of one layer of a torch file of nla-at-home's, with the descriptions of their texts. Each text is a document. */
public final class AtHomeRows implements ForeignRows {
    private static final Set<String> KNOWN = Set.of("id", "text", "category", "group", "description");

    private final Path path;
    private final TorchFile file;
    private final AtHomeActivations activations;
    private final Map<String, JsonLine> entries;
    private final Optional<BaseModelFacts> model;
    private final DatasetSidecar sidecar;

    private AtHomeRows(
            Path path, TorchFile file, Optional<Path> descriptions, OptionalInt layer, Optional<BaseModelFacts> model) {
        this.path = path;
        this.file = file;
        this.model = model;
        activations = AtHomeActivations.of(path, file.content(), layer);
        entries = descriptions.map(AtHomeDescriptions::read).orElse(Map.of());
        sidecar = activations.sidecar(model.map(BaseModelFacts::name));
        model.ifPresent(facts -> facts.check(path, sidecar));
        if (descriptions.isPresent() && activations.ids().stream().noneMatch(entries::containsKey)) {
            throw InputException.data(
                    "%s: has none of the ids of %s: give the descriptions of the same texts", descriptions.get(), path);
        }
    }

    /**
     * Opens the files.
     *
     * @param files one with activations and at most one with descriptions, {@code F.json}, in any order
     * @see #open(Path, Optional, OptionalInt, Optional)
     */
    public static AtHomeRows open(List<Path> files, OptionalInt layer, Optional<BaseModelFacts> model) {
        List<Path> descriptions =
                files.stream().filter(file -> file.toString().endsWith(".json")).toList();
        List<Path> activations =
                files.stream().filter(file -> !descriptions.contains(file)).toList();
        if (activations.size() != 1 || descriptions.size() > 1) {
            throw InputException.usage(
                    "%s: one file of activations and at most one of descriptions were expected",
                    files.stream().map(Path::toString).collect(Collectors.joining(" ")));
        }
        return open(activations.get(0), descriptions.stream().findFirst(), layer, model);
    }

    /**
     * Opens the files.
     *
     * @param path the torch file
     * @param descriptions the JSON file, where there is one
     * @param layer which layer, for a file that holds several or does not say
     * @param model what is known of the base model: its name, for a file that does not say, and how texts become prompts
     * @throws InputException where a key is missing or wrong, or the torch file holds more than tensors and plain data
     */
    public static AtHomeRows open(
            Path path, Optional<Path> descriptions, OptionalInt layer, Optional<BaseModelFacts> model) {
        TorchFile file = TorchFile.open(path);
        try {
            return new AtHomeRows(path, file, descriptions, layer, model);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public DatasetSidecar sidecar() {
        return sidecar;
    }

    @Override
    public List<String> documents() {
        return activations.ids();
    }

    @Override
    public Iterator<LabelledActivation> rows() {
        TorchRows vectors = file.rows(activations.tensor());
        return IntStream.range(0, activations.ids().size())
                .mapToObj(i -> new LabelledActivation(row(activations.ids().get(i)), finite(vectors.row(i), i)))
                .iterator();
    }

    private float[] finite(float[] vector, int row) {
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw InputException.data(
                        "%s: activations: row %d, '%s', holds %s at element %d: leave the row out or extract it again",
                        path, row, activations.ids().get(row), vector[i], i);
            }
        }
        return vector;
    }

    private Row row(String id) {
        Optional<JsonLine> entry = Optional.ofNullable(entries.get(id));
        String text = text(entry, "text");
        Optional<Prompt> prompt = model.filter(facts -> !text.isBlank())
                .map(facts -> facts.prompts().encode(text));
        return new Row(
                id,
                id,
                text,
                prompt.map(it -> it.length() - 1).orElse(0),
                prompt.map(Prompt::rawTokens).orElse(0),
                text(entry, "category"),
                text(entry, "group"),
                text(entry, "description").strip(),
                Map.of(),
                Split.TRAIN,
                entry.map(it -> it.others(KNOWN)).orElse(Map.of()));
    }

    private static String text(Optional<JsonLine> entry, String key) {
        return entry.flatMap(it -> it.optionalText(key)).orElse("");
    }

    @Override
    public void close() {
        file.close();
    }
}
