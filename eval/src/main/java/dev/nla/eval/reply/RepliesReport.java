package dev.nla.eval.reply;

import dev.nla.model.stats.Estimate;
import java.util.List;

/**
 * How often the model goes on as descriptions say.
 *
 * @param given rows that were asked about
 * @param rows those of them whose descriptions say something of it, and whose texts are read back as they were
 * @param documents theirs
 * @param byWords by how many first words had to be the same
 */
public record RepliesReport(int given, int rows, int documents, List<ByWords> byWords) {
    /**
     * Shares of rows and of continuations that begin as a description says.
     *
     * @param words how many first words had to be the same
     * @param greedy of the likeliest continuations, as the row's own description says
     * @param otherGreedy the same as descriptions of other documents say
     * @param drawn of drawn continuations, as the row's own description says
     * @param otherDrawn the same as descriptions of other documents say
     * @param times how many times {@code otherDrawn} {@code drawn} is; NaN where the former is 0
     */
    public record ByWords(
            int words, Estimate greedy, Estimate otherGreedy, Estimate drawn, Estimate otherDrawn, Estimate times) {}
}
