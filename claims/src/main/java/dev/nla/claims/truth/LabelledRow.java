package dev.nla.claims.truth;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.RowFacts;
import dev.nla.data.dataset.Row;
import java.util.List;

/**
 * What claims about a row are held against.
 *
 * @param facts what is known of it
 * @param text what the model had read
 * @param own the claims of its own description
 */
public record LabelledRow(RowFacts facts, String text, List<Claim> own) {
    /** The same of a row of a dataset. */
    public static LabelledRow of(Row row, ClaimGrammar grammar) {
        return new LabelledRow(RowFacts.of(row.facts()), row.text(), grammar.claims(row.description()));
    }
}
