package dev.nla.claims.grammar;

import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Learns the grammar of descriptions from rows that have some. What is known of the rows tells places first: where a value of a fact stands in a
 * line, there is a place named after the fact. The other lines are told apart by what many of them begin with, up to a colon or up to
 * the word from which on they differ.
 */
public final class GrammarInference {
    /** A form needs so many lines, or this share of the rows if that is more. */
    private static final int FEWEST_LINES = 3;

    private static final double SMALLEST_SHARE = 0.004;

    private GrammarInference() {}

    /** The grammar of the descriptions of some rows; that of free lines where no two of their lines are alike. */
    public static ClaimGrammar of(Collection<Row> rows) {
        List<Row> described =
                rows.stream().filter(row -> !row.description().isBlank()).toList();
        int fewest = Math.max(FEWEST_LINES, (int) (SMALLEST_SHARE * described.size()));
        FactForms facts = new FactForms(fewest);
        described.forEach(facts::read);
        List<LineForm> forms = new ArrayList<>(facts.forms());
        Set<String> compound = facts.compoundValues();
        forms.addAll(OtherForms.of(unread(described, new ClaimGrammar(forms, compound)), fewest));
        return new ClaimGrammar(TypedForms.among(forms, described, compound), compound);
    }

    private static List<String> unread(List<Row> rows, ClaimGrammar grammar) {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            for (String line : ClaimGrammar.lines(row.description())) {
                if (grammar.claims(line).stream().allMatch(claim -> claim.slot().equals(LineForm.FREE))) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** Lines that no form may have as they are: their braces and brackets would be read as places. */
    static boolean writable(String literal) {
        return literal.chars().noneMatch(letter -> "{}[]".indexOf(letter) >= 0);
    }
}
