package dev.nla.eval.claims;

import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.search.ClaimSearch;
import dev.nla.claims.search.SearchedDescription;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.TextReader;
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

    /**
     * A search.
     *
     * @param data the dataset of the rows; the mean of its train split is the centre
     * @param grammar reads claims
     * @param critic turns texts into vectors
     * @param cost of a claim, in cosine
     */
    public static RowSearch of(
            ActivationDataset data, ClaimGrammar grammar, TextReader critic, double cost, EvaluationProgress progress) {
        return new RowSearch(new ClaimSearch(grammar, RowHearing.of(data, critic), cost), progress);
    }

    /** What was found for each row, in their order. */
    public List<SearchedDescription> of(DescribedRows described) {
        List<ClaimedActivation> activations = described.activations();
        List<SearchedDescription> found = new ArrayList<>();
        while (found.size() < activations.size()) {
            int end = Math.min(found.size() + ROWS_AT_ONCE, activations.size());
            found.addAll(search.of(activations.subList(found.size(), end)));
            progress.at("search " + described.part(), end, activations.size());
        }
        return found;
    }
}
