package dev.nla.exchange;

import dev.nla.exchange.parquet.ColumnType;
import dev.nla.exchange.parquet.ParquetFile;
import dev.nla.exchange.parquet.ParquetRows;
import dev.nla.model.InputException;
import dev.nla.model.KeyedText;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.verbalizer.Explanation;
import java.util.Optional;

/**
 * Where the descriptions of a file of kitft's stand: beside the rows, in the answers, in the prompts, or nowhere.
 *
 * @param column the column they stand in, if any
 * @param before what precedes a description there
 * @param after what follows it
 */
record KitftDescriptions(Optional<String> column, String before, String after) {
    private static final KeyedText BUILDER = KeyedText.of("give a file of kitft's dataset builder");
    private static final String FIELD = "{explanation}";

    static KitftDescriptions of(ParquetFile file, DatasetSidecar sidecar) {
        return switch (KitftStage.of(sidecar, file.path())) {
            case BASE ->
                file.columns().contains(KitftColumns.EXPLANATION)
                        ? in(file, KitftColumns.EXPLANATION, "", "")
                        : new KitftDescriptions(Optional.empty(), "", "");
            case AV_SFT -> in(file, KitftColumns.RESPONSE, Explanation.OPENING, Explanation.CLOSING);
            case AR_SFT -> {
                String template = sidecar.reconstructorTemplate()
                        .orElseThrow(() -> InputException.data(
                                "%s: prompt_templates.critic is missing in its sidecar: add the template its prompts are"
                                        + " made of",
                                file.path()));
                int at = template.indexOf(FIELD);
                yield in(file, KitftColumns.PROMPT, template.substring(0, at), template.substring(at + FIELD.length()));
            }
            case RL -> new KitftDescriptions(Optional.empty(), "", "");
        };
    }

    private static KitftDescriptions in(ParquetFile file, String column, String before, String after) {
        file.require(column, ColumnType.TEXT, BUILDER);
        return new KitftDescriptions(Optional.of(column), before, after);
    }

    /** The description of a row, without blanks around it; empty where files of this kind have none. */
    String read(ParquetRows row) {
        if (column.isEmpty()) {
            return "";
        }
        String text = row.text(column.get());
        int start = text.indexOf(before) + before.length();
        int end = text.lastIndexOf(after);
        String description = text.contains(before) && start <= end ? text.substring(start, end) : "";
        if (description.isBlank()) {
            throw row.error("column '%s' has no description between '%s' and '%s'", column.get(), before, after);
        }
        return description.strip();
    }
}
