package dev.nla.claims.truth;

import dev.nla.claims.grammar.Claim;
import dev.nla.data.dataset.Row;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the own descriptions of some rows state of a slot.
 *
 * @param claims how many claims
 * @param right how many of them are true
 * @param example the first value
 */
public record StatedSlot(int claims, int right, String example) {
    /** The slots that rows state, by name. */
    public static Map<String, StatedSlot> of(Collection<Row> rows, ClaimRules rules) {
        Map<String, StatedSlot> slots = new TreeMap<>();
        for (Row row : rows) {
            LabelledRow labels = LabelledRow.of(row, rules.grammar());
            for (Claim claim : labels.own()) {
                int right = rules.truth().holds(claim, labels) ? 1 : 0;
                slots.merge(claim.slot(), new StatedSlot(1, right, claim.value()), StatedSlot::plus);
            }
        }
        return slots;
    }

    /** The share of the claims that is true. */
    public double precision() {
        return (double) right / claims;
    }

    private StatedSlot plus(StatedSlot more) {
        return new StatedSlot(claims + more.claims, right + more.right, example);
    }
}
