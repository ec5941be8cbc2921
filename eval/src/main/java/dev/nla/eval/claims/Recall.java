package dev.nla.eval.claims;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import java.util.ArrayList;
import java.util.List;

/**
 * What a description could have said, and how much of it one said: the row's facts, or where no slot is judged by facts, the claims of the row's
 * own description.
 *
 * @param known how many claims could have been made
 * @param stated how many of them were
 */
record Recall(int known, int stated) {
    /** Of the claims made about a row. */
    static Recall of(List<Claim> said, RowClaims row, SlotTruth truth) {
        List<Claim> wanted = truth.rules().containsValue(TruthRule.FACT)
                ? facts(row, truth)
                : row.labels().own();
        return new Recall(wanted.size(), (int) wanted.stream()
                .filter(each -> said.stream().anyMatch(each::saysTheSameAs))
                .count());
    }

    private static List<Claim> facts(RowClaims row, SlotTruth truth) {
        List<Claim> facts = new ArrayList<>();
        row.labels().facts().values().forEach((attribute, values) -> {
            if (truth.rule(attribute) == TruthRule.FACT) {
                values.forEach(value -> facts.add(new Claim(attribute, value, 0, value.length())));
            }
        });
        return facts;
    }
}
