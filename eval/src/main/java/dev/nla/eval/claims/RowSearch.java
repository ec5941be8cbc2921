package dev.nla.eval.claims;

import dev.nla.claims.search.ClaimSearch;
import dev.nla.claims.search.SearchedDescription;
import dev.nla.claims.signal.DescribedActivation;
import dev.nla.eval.describe.EvaluationProgress;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches the descriptions of many rows, some at a time.
 *
 * @param search of a description
 * @param progress hears how far searching is
 */
public record RowSearch(ClaimSearch search, EvaluationProgress progress) {
    private static final int ROWS_AT_ONCE = 64;

    /** What was found for each row, in their order. */
    public List<SearchedDescription> of(DescribedRows described) {
        List<DescribedActivation> activations = described.activations();
        List<SearchedDescription> found = new ArrayList<>();
        while (found.size() < activations.size()) {
            int end = Math.min(found.size() + ROWS_AT_ONCE, activations.size());
            found.addAll(search.of(activations.subList(found.size(), end)));
            progress.at("search " + described.part(), end, activations.size());
        }
        return found;
    }
}
