package dev.nla.train.descriptions;

import dev.nla.data.dataset.Row;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.train.session.TrainingData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The descriptions that training learns from, checked before the first step.
 *
 * @param byRow text of each train row and each held-out row, in this order
 */
public record Descriptions(Map<Integer, String> byRow) {
    /**
     * Looks at all of them.
     *
     * @param file descriptions of train rows to take in place of their own
     * @param foreign finds what may not stand in one, such as the marker
     */
    public static Descriptions of(TrainingData data, Optional<Path> file, Function<String, Optional<String>> foreign) {
        Map<String, String> given = file.map(path -> given(data, path)).orElse(Map.of());
        Map<Integer, String> texts = new LinkedHashMap<>();
        for (int row : data.trainRows()) {
            String id = data.row(row).id();
            texts.put(
                    row,
                    given.containsKey(id)
                            ? checked(file.orElseThrow(), id, given.get(id), foreign)
                            : own(data, row, foreign));
        }
        for (int row : data.heldOutRows()) {
            texts.put(row, own(data, row, foreign));
        }
        return new Descriptions(texts);
    }

    private static Map<String, String> given(TrainingData data, Path file) {
        Set<String> known = data.dataset().rows().stream().map(Row::id).collect(Collectors.toSet());
        Map<String, String> given = new LinkedHashMap<>();
        DescriptionsFile.read(file).byId().forEach((id, texts) -> {
            if (texts.size() > 1) {
                throw InputException.data(
                        "%s: row %s has %d descriptions, expected one: choose with nla eval gap %s",
                        file, id, texts.size(), Key.of("save_best"));
            }
            if (!known.contains(id)) {
                throw InputException.data(
                        "%s: %s has no row %s: give descriptions of its rows", file, data.folder(), id);
            }
            given.put(id, texts.get(0));
        });
        return given;
    }

    private static String own(TrainingData data, int row, Function<String, Optional<String>> foreign) {
        Row known = data.row(row);
        return checked(data.folder(), known.id(), known.description(), foreign);
    }

    private static String checked(
            Path source, String id, String description, Function<String, Optional<String>> foreign) {
        String text = description.strip();
        if (text.isEmpty()) {
            throw InputException.data(
                    "%s: row %s has no description to learn from: add one, or take the row out", source, id);
        }
        foreign.apply(text).ifPresent(part -> {
            throw InputException.data(
                    "%s: the description of row %s holds '%s', which no description may: change the text, or the marker",
                    source, id, part);
        });
        return text;
    }

    /** One text a row. */
    public List<String> of(int[] rows) {
        return Arrays.stream(rows).mapToObj(byRow::get).toList();
    }
}
