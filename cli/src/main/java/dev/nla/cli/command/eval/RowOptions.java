package dev.nla.cli.command.eval;

import dev.nla.cli.option.KnownWords;
import dev.nla.data.dataset.Split;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that say which rows of a dataset are evaluated. */
public final class RowOptions {
    @Option(
            names = "--split",
            completionCandidates = KnownWords.Splits.class,
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Rows of the dataset: train, validation or test. Default: ${DEFAULT-VALUE}")
    private String split;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "The first N rows of them, 0 for all.")
    private int limit;

    /** The split. */
    Split split() {
        return Split.parse(split);
    }

    /** Most rows, 0 for all. */
    int limit() {
        return limit;
    }

    /** What was evaluated, for provenance. */
    Map<String, Object> provenance() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("split", split);
        values.put("limit", limit);
        return values;
    }
}
