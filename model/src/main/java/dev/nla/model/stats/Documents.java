package dev.nla.model.stats;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which of N rows belong to the same of D documents. Documents are numbered by name, so what is seeded does not depend on the order of the
 * rows. Rows count from 0 in messages.
 */
public final class Documents {
    /**
     * With fewer documents an interval over them is too narrow to be trusted. In simulations 95 % intervals hold the true mean in 87 to 89 % of
     * the datasets of 10 documents, 91 to 92 % of those of 20, 93 to 94 % of those of 50, and 94 to 95 % of those of 200.
     */
    public static final int FEWEST_TRUSTED = 20;

    private final int[] ofRow;
    private final int count;

    private Documents(int[] ofRow, int count) {
        this.ofRow = ofRow;
        this.count = count;
    }

    /**
     * Groups rows by the name of their document.
     *
     * @param documentOfRow [N], at least one
     * @throws InputException where there are no rows, or one has no document
     */
    public static Documents of(List<String> documentOfRow) {
        if (documentOfRow.isEmpty()) {
            throw InputException.data("no rows, expected the document of at least one");
        }
        for (int row = 0; row < documentOfRow.size(); row++) {
            if (documentOfRow.get(row) == null || documentOfRow.get(row).isBlank()) {
                throw InputException.data(
                        "row %d has no document, expected a name: where rows are independent, name each differently",
                        row);
            }
        }
        Map<String, Integer> numbers = new HashMap<>();
        new TreeSet<>(documentOfRow).forEach(name -> numbers.put(name, numbers.size()));
        return new Documents(documentOfRow.stream().mapToInt(numbers::get).toArray(), numbers.size());
    }

    /** As many rows, each a document of its own. */
    public static Documents each(int rows) {
        return new Documents(IntStream.range(0, rows).toArray(), rows);
    }

    /** N. */
    public int rows() {
        return ofRow.length;
    }

    /** D. */
    public int count() {
        return count;
    }

    /** The number of a row's document, from 0 to D - 1. */
    public int ofRow(int row) {
        return ofRow[row];
    }

    /** Whether there are enough documents for an interval over them to cover nearly as often as it says. */
    public boolean trusted() {
        return count >= FEWEST_TRUSTED;
    }

    /** The number of rows of every document, [D]. */
    double[] sizes() {
        double[] ones = new double[ofRow.length];
        Arrays.fill(ones, 1);
        return summed(ones);
    }

    /**
     * The sum of every document's rows, [D].
     *
     * @param metric what the values are, for messages
     * @param values [N], finite
     */
    double[] sums(String metric, double[] values) {
        if (values.length != ofRow.length) {
            throw InputException.data(
                    "%s: %d values for %d rows, expected one a row", metric, values.length, ofRow.length);
        }
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw InputException.data(
                        "%s: row %d is %s, expected a finite number: where a row has no value, take a ratio and give the row 0 of 0",
                        metric, row, values[row]);
            }
        }
        return summed(values);
    }

    private double[] summed(double[] values) {
        double[] sums = new double[count];
        for (int row = 0; row < values.length; row++) {
            sums[ofRow[row]] += values[row];
        }
        return sums;
    }
}
