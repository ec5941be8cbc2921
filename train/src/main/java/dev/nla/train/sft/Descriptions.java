package dev.nla.train.sft;

import dev.nla.data.dataset.Row;
import dev.nla.model.InputException;
import dev.nla.train.session.TrainingInputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The descriptions that supervised fine-tuning learns from, checked before the first step.
 *
 * @param byRow text of each train row and each held-out row, in this order
 */
record Descriptions(Map<Integer, String> byRow) {
    /** Looks at all of them; {@code foreign} finds what may not stand in one, such as the marker. */
    static Descriptions of(TrainingInputs inputs, Function<String, Optional<String>> foreign) {
        Map<Integer, String> texts = new LinkedHashMap<>();
        IntStream.concat(Arrays.stream(inputs.trainRows()), Arrays.stream(inputs.heldOutRows()))
                .forEach(row -> texts.put(row, checked(inputs, inputs.data().row(row), foreign)));
        return new Descriptions(texts);
    }

    private static String checked(TrainingInputs inputs, Row row, Function<String, Optional<String>> foreign) {
        String text = row.description().strip();
        if (text.isEmpty()) {
            throw InputException.data(
                    "%s: row %s has no description to learn from: add one, or take the row out",
                    inputs.data().folder(), row.id());
        }
        foreign.apply(text).ifPresent(part -> {
            throw InputException.data(
                    "%s: the description of row %s holds '%s', which no description may: change the text, or the marker",
                    inputs.data().folder(), row.id(), part);
        });
        return text;
    }

    /** One text a row. */
    List<String> of(int[] rows) {
        return Arrays.stream(rows).mapToObj(byRow::get).toList();
    }
}
