package dev.nla.eval.reply;

import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/**
 * Holds what rows say against how the model goes on, and beside it what others say: some of that is true of any text, such as "the".
 *
 * @param bootstrap of the intervals, over documents; its seed draws the others too
 */
public record BorneOut(DocumentBootstrap bootstrap) {
    /** How many first words are compared. */
    private static final List<Integer> WORDS = List.of(1, 2, 3);

    /** Rows of other documents whose claims are held against a row's continuations. */
    private static final int OTHERS = 8;

    /**
     * Measures rows.
     *
     * @param given how many were asked about
     * @throws InputException where there are not rows of two documents
     */
    public RepliesReport measure(int given, List<SaidRow> rows) {
        requireDocuments(rows.stream().map(SaidRow::docId).toList());
        Documents documents = Documents.of(rows.stream().map(SaidRow::docId).toList());
        DocumentDraws draws = bootstrap.of(documents);
        List<List<String>> others = others(rows);
        List<RepliesReport.ByWords> all = new ArrayList<>();
        for (int words : WORDS) {
            int count = words;
            double[] drawn = own(rows, (row, claim) -> row.drawnBegin(claim, count));
            double[] other = mean(rows, others, (row, claim) -> row.drawnBegin(claim, count));
            all.add(new RepliesReport.ByWords(
                    words,
                    draws.mean("greedy", own(rows, (row, claim) -> row.greedyBegins(claim, count))),
                    draws.mean("other_greedy", mean(rows, others, (row, claim) -> row.greedyBegins(claim, count))),
                    draws.mean("drawn", drawn),
                    draws.mean("other_drawn", other),
                    draws.ratio("times", drawn, other)));
        }
        return new RepliesReport(given, rows.size(), documents.count(), all);
    }

    /** Refuses rows, given by their documents, of which none could be held beside another. */
    static void requireDocuments(List<String> rows) {
        if (rows.stream().distinct().count() < 2) {
            throw InputException.data(
                    "%d rows say what the model is about to say: give rows of at least two documents, so that others' claims can be held beside them",
                    rows.size());
        }
    }

    private List<List<String>> others(List<SaidRow> rows) {
        SplittableRandom random = new SplittableRandom(bootstrap.seed());
        List<List<String>> all = new ArrayList<>();
        for (SaidRow row : rows) {
            List<String> claims = new ArrayList<>();
            while (claims.size() < OTHERS) {
                SaidRow other = rows.get(random.nextInt(rows.size()));
                if (!other.docId().equals(row.docId())) {
                    claims.add(other.said());
                }
            }
            all.add(claims);
        }
        return all;
    }

    private static double[] own(List<SaidRow> rows, ToDoubleBiFunction<SaidRow, String> share) {
        return rows.stream()
                .mapToDouble(row -> share.applyAsDouble(row, row.said()))
                .toArray();
    }

    private static double[] mean(
            List<SaidRow> rows, List<List<String>> claims, ToDoubleBiFunction<SaidRow, String> share) {
        double[] means = new double[rows.size()];
        for (int i = 0; i < means.length; i++) {
            SaidRow row = rows.get(i);
            means[i] = claims.get(i).stream()
                    .mapToDouble(claim -> share.applyAsDouble(row, claim))
                    .average()
                    .orElseThrow();
        }
        return means;
    }
}
