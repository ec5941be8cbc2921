package dev.nla.eval.suite;

import dev.nla.eval.gap.EvaluatedRows;
import dev.nla.model.verbalizer.Description;
import java.util.List;

/**
 * Has a describer describe many vectors, and says how far it is.
 *
 * @param seed of sampling; the descriptions of a row depend on it and the row's place alone
 */
record Writer(Describer describer, long seed, Progress progress) {
    /** Describes vectors [N][d]. */
    List<List<Description>> describe(Condition condition, float[][] vectors) {
        return EvaluatedRows.describe(
                vectors,
                seed,
                describer::describe,
                (described, total) -> progress.described(condition, described, total));
    }
}
