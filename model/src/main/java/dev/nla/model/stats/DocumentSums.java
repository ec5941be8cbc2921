package dev.nla.model.stats;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What statistics need of every document. Rows are summed once, and a resample only weighs documents.
 *
 * @param columnOf where the sums of an array of per-row values stand; by identity, so that shared arrays take one column
 * @param width C, one column for the number of rows and one for each array
 * @param sums [D * C], document by document, so that weighing reads straight on; column 0 holds the number of rows
 */
record DocumentSums(Map<double[], Integer> columnOf, int width, double[] sums) {
    /** Sums what all of the named statistics need. */
    static DocumentSums of(Documents documents, Map<String, Statistic> statistics) {
        Map<double[], Integer> columnOf = new IdentityHashMap<>();
        List<double[]> columns = new ArrayList<>();
        columns.add(documents.sizes());
        statistics.forEach((metric, statistic) -> statistic.summed().forEach(values -> {
            if (columnOf.putIfAbsent(values, columns.size()) == null) {
                columns.add(documents.sums(metric, values));
            }
        }));
        return new DocumentSums(columnOf, columns.size(), byDocument(columns, documents.count()));
    }

    /** The sums over all documents, each as often as {@code times} [D] says: [C]. */
    double[] weighted(int[] times) {
        double[] total = new double[width];
        for (int document = 0; document < times.length; document++) {
            if (times[document] > 0) {
                add(total, times[document], document * width);
            }
        }
        return total;
    }

    /** The value of a statistic, one of those this was made for, from a result of {@link #weighted}. */
    double value(Statistic statistic, double[] total) {
        return statistic.value(values -> total[columnOf.get(values)], total[0]);
    }

    /** A loop by itself, which the compiler turns into vector instructions. */
    private void add(double[] total, double times, int from) {
        for (int column = 0; column < total.length; column++) {
            total[column] += times * sums[from + column];
        }
    }

    private static double[] byDocument(List<double[]> columns, int documents) {
        double[] sums = new double[Math.multiplyExact(documents, columns.size())];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = columns.get(i % columns.size())[i / columns.size()];
        }
        return sums;
    }
}
