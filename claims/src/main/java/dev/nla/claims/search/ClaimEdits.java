package dev.nla.claims.search;

import dev.nla.claims.described.ClaimPool;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.ClaimedDescription;
import dev.nla.claims.grammar.LineForm;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The descriptions that differ from one by a single claim of a pool. */
final class ClaimEdits {
    private ClaimEdits() {}

    /** Each once: with one claim less, one more, or one exchanged for another value of its slot. None is blank, nor states what none of the pool does. */
    static List<ClaimedDescription> of(ClaimedDescription from, ClaimPool pool, ClaimGrammar grammar) {
        Set<String> texts = new LinkedHashSet<>();
        for (Claim claim : from.claims()) {
            texts.add(from.without(claim));
        }
        for (ClaimPool.Stated stated : pool.claims()) {
            Claim claim = stated.claim();
            if (from.find(claim).isPresent()) {
                continue;
            }
            if (!claim.slot().equals(LineForm.TYPE) && !claim.slot().equals(LineForm.FREE)) {
                from.claims().stream()
                        .filter(own -> own.slot().equals(claim.slot()))
                        .forEach(own -> texts.add(from.exchanged(own, claim.value())));
            }
            from.with(claim, pool.in(stated), grammar).ifPresent(texts::add);
        }
        return texts.stream()
                .filter(text -> !text.isBlank() && !text.equals(from.text()))
                .map(text -> ClaimedDescription.of(text, grammar))
                .filter(each -> each.claims().stream().allMatch(pool::states))
                .toList();
    }
}
