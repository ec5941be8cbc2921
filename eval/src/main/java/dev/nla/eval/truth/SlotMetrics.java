package dev.nla.eval.truth;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.truth.ClaimRules;
import dev.nla.claims.truth.LabelledRow;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import dev.nla.data.dataset.Row;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Documents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures slot by slot how true descriptions are: a grammar reads their claims, and each slot has its own measure of truth, which true
 * descriptions meet in full. The counts of a row's descriptions are added; each share is a ratio of sums over rows.
 *
 * @param grammar reads claims
 * @param truth judges them
 * @param bootstrap of the intervals, over documents
 */
public record SlotMetrics(ClaimGrammar grammar, SlotTruth truth, DocumentBootstrap bootstrap) {
    /** Metrics by the rules of a dataset; nothing where they know no slot, as of rows without descriptions. */
    public static Optional<SlotMetrics> of(ClaimRules rules, DocumentBootstrap bootstrap) {
        return rules.truth().rules().isEmpty()
                ? Optional.empty()
                : Optional.of(new SlotMetrics(rules.grammar(), rules.truth(), bootstrap));
    }

    /**
     * Holds descriptions against what is known of their rows.
     *
     * @param rows N of them, of any split
     * @param descriptions of each row, [N][G]
     * @return empty where nothing is known of any of the rows
     */
    public Optional<TruthReport> measure(List<Row> rows, List<List<String>> descriptions) {
        List<TruthCounts> counts = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        List<String> said = new ArrayList<>();
        Map<String, TruthCounts> slots = new TreeMap<>();
        List<Optional<Map<String, TruthCounts>>> all = bySlot(rows, descriptions);
        for (int i = 0; i < rows.size(); i++) {
            if (all.get(i).isPresent()) {
                Map<String, TruthCounts> row = all.get(i).get();
                counts.add(sum(row));
                documents.add(rows.get(i).docId());
                said.addAll(descriptions.get(i));
                row.forEach((slot, count) -> slots.merge(slot, count, TruthCounts::plus));
            }
        }
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(TruthReport.of(
                        counts,
                        bootstrap.of(Documents.of(documents)),
                        rows.size() - counts.size(),
                        said,
                        slots,
                        rules(slots.keySet())));
    }

    /**
     * The same by row, [N].
     *
     * @param rows N of them; one of which nothing is known has no counts, whatever is said of it
     * @param descriptions of each row, [N][G]
     */
    public List<TruthCounts> counts(List<Row> rows, List<List<String>> descriptions) {
        return bySlot(rows, descriptions).stream()
                .map(row -> row.map(SlotMetrics::sum).orElse(TruthCounts.NONE))
                .toList();
    }

    /** The counts of each row; nothing of those of which nothing is known. */
    private List<Optional<Map<String, TruthCounts>>> bySlot(List<Row> rows, List<List<String>> descriptions) {
        if (rows.size() != descriptions.size()) {
            throw InputException.data("%d rows but descriptions of %d", rows.size(), descriptions.size());
        }
        List<Optional<Map<String, TruthCounts>>> all = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            LabelledRow row = LabelledRow.of(rows.get(i), grammar);
            all.add(
                    row.own().isEmpty() && truth.known(row).isEmpty()
                            ? Optional.empty()
                            : Optional.of(bySlot(row, descriptions.get(i))));
        }
        return all;
    }

    private Map<String, TruthCounts> bySlot(LabelledRow row, List<String> descriptions) {
        Map<String, TruthCounts> slots = new TreeMap<>();
        for (String description : descriptions) {
            List<Claim> said = grammar.claims(description);
            said.stream()
                    .filter(claim -> truth.judges(claim.slot(), row))
                    .forEach(claim -> slots.merge(claim.slot(), judged(claim, row), TruthCounts::plus));
            truth.known(row).forEach(known -> slots.merge(known.slot(), wanted(known, said), TruthCounts::plus));
        }
        return slots;
    }

    /** A claim by itself, which states nothing yet: two claims may say the same of what is known, and true ones may say none of it. */
    private TruthCounts judged(Claim claim, LabelledRow row) {
        if (truth.holds(claim, row)) {
            return new TruthCounts(0, 0, 1, 0, 0);
        }
        boolean wrong =
                truth.rule(claim.slot()) == TruthRule.FACT && row.facts().has(claim.slot());
        return wrong ? new TruthCounts(0, 0, 0, 1, 0) : new TruthCounts(0, 0, 0, 0, 1);
    }

    private static TruthCounts wanted(Claim known, List<Claim> said) {
        return new TruthCounts(1, said.stream().anyMatch(known::saysTheSameAs) ? 1 : 0, 0, 0, 0);
    }

    private static TruthCounts sum(Map<String, TruthCounts> slots) {
        return slots.values().stream().reduce(TruthCounts.NONE, TruthCounts::plus);
    }

    private Map<String, TruthRule> rules(Collection<String> slots) {
        Map<String, TruthRule> rules = new LinkedHashMap<>();
        slots.forEach(slot -> rules.put(slot, truth.rule(slot)));
        return rules;
    }
}
