package dev.nla.claims.truth;

import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.GrammarInference;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How the descriptions of a dataset state claims, and how each is checked.
 *
 * @param grammar reads claims
 * @param truth judges them
 */
public record ClaimRules(ClaimGrammar grammar, SlotTruth truth) {
    /** Those that stand in the dataset's folder, else those of the rows of its train split. */
    public static ClaimRules of(ActivationDataset dataset) {
        Path file = dataset.folder().resolve(ClaimRulesFile.NAME);
        return Files.exists(file) ? ClaimRulesFile.read(file) : of(train(dataset));
    }

    private static List<Row> train(ActivationDataset dataset) {
        return Arrays.stream(dataset.rowsOf(Split.TRAIN)).mapToObj(dataset::row).toList();
    }

    /** What the own descriptions of a dataset's train split state of each slot, by its name. */
    public Map<String, StatedSlot> stated(ActivationDataset dataset) {
        return StatedSlot.of(train(dataset), this);
    }

    /** Those that some rows follow. */
    public static ClaimRules of(Collection<Row> rows) {
        ClaimGrammar grammar = GrammarInference.of(rows);
        return new ClaimRules(grammar, TruthInference.of(grammar, rows));
    }
}
