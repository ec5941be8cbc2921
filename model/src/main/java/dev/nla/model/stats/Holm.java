package dev.nla.model.stats;

import dev.nla.model.InputException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The step-down correction for asking many questions at once (Holm, 1979). Of all questions whose answer is no, the chance that even one has
 * an adjusted p-value of 0.05 or less is at most 0.05.
 */
public final class Holm {
    private Holm() {}

    /**
     * Adjusts p-values: the smallest of m is multiplied by m, the next by m - 1 and so on; none is adjusted below a smaller one, or above 1.
     *
     * @param pValues by question, in [0, 1]
     * @return adjusted p-values in the same order
     * @throws InputException where one is outside [0, 1]
     */
    public static Map<String, Double> adjusted(Map<String, Double> pValues) {
        Map<String, Double> adjusted = new LinkedHashMap<>(pValues);
        List<Map.Entry<String, Double>> ascending = pValues.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .toList();
        double largest = 0;
        for (int smaller = 0; smaller < ascending.size(); smaller++) {
            String question = ascending.get(smaller).getKey();
            double p = ascending.get(smaller).getValue();
            if (!(p >= 0 && p <= 1)) {
                throw InputException.data("%s: the p-value is %s, expected one from 0 to 1", question, p);
            }
            largest = Math.max(largest, Math.min(1, p * (ascending.size() - smaller)));
            adjusted.put(question, largest);
        }
        return adjusted;
    }
}
