package dev.nla.claims.truth;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.Folded;
import dev.nla.claims.grammar.LineForm;
import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns from rows with descriptions how the claims of each slot can be checked: by a fact of the slot's name where there is one, else by the text
 * where that bears out what the descriptions say, else by the descriptions themselves.
 */
public final class TruthInference {
    /** A rule is a slot's where so many of the claims of the rows' own descriptions keep it. */
    private static final double NEARLY_ALL = 0.98;

    /** Values of so many words on average are the wording of something, and no names. */
    private static final double WORDING = 3;

    private TruthInference() {}

    /** A claim of a row's own description. */
    private record Own(Claim claim, LabelledRow row) {}

    /** The rules for the slots of a grammar. */
    public static SlotTruth of(ClaimGrammar grammar, Collection<Row> rows) {
        Map<String, List<Own>> bySlot = new LinkedHashMap<>();
        List<LabelledRow> labelled =
                rows.stream().map(row -> LabelledRow.of(row, grammar)).toList();
        for (LabelledRow row : labelled) {
            row.own().forEach(claim -> bySlot.computeIfAbsent(claim.slot(), slot -> new ArrayList<>())
                    .add(new Own(claim, row)));
        }
        Map<String, TruthRule> rules = new LinkedHashMap<>();
        bySlot.forEach((slot, own) -> rules.put(
                slot,
                labelled.stream().anyMatch(row -> row.facts().has(slot)) ? TruthRule.FACT : withoutFacts(slot, own)));
        return new SlotTruth(rules);
    }

    private static TruthRule withoutFacts(String slot, List<Own> own) {
        if (slot.equals(LineForm.TYPE) || slot.equals(LineForm.FREE)) {
            return TruthRule.DESCRIPTION;
        }
        for (TruthRule rule : List.of(TruthRule.READ, TruthRule.TEXT)) {
            long kept = own.stream()
                    .filter(each -> SlotTruth.holds(rule, each.claim(), each.row()))
                    .count();
            if (kept >= NEARLY_ALL * own.size()) {
                return rule;
            }
        }
        double words = own.stream()
                .mapToInt(each -> Folded.words(each.claim().value()).size())
                .average()
                .orElse(0);
        return words >= WORDING ? TruthRule.HALF : TruthRule.DESCRIPTION;
    }
}
