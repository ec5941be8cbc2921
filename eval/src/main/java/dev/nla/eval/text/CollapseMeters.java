package dev.nla.eval.text;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures how collapsed or broken a set of descriptions is: whether they say the same whatever the row, repeat themselves, cannot be
 * read, or let the marker or foreign scripts through. Distinct-n is from "A Diversity-Promoting Objective Function for Neural Conversation
 * Models" (Li et al., 2016).
 *
 * @param marker the injection marker, which no description should hold; not empty
 * @param seed decides which pairs are compared where there are more than {@value #PAIRS}
 */
public record CollapseMeters(String marker, long seed) {
    /** Pairs of descriptions that are compared at most. */
    public static final int PAIRS = 200_000;

    /** Checks the marker. */
    public CollapseMeters {
        if (marker.isEmpty()) {
            throw new IllegalArgumentException("the marker is empty");
        }
    }

    /**
     * Measures.
     *
     * @param rows what was written of each row, [N][G]
     * @throws InputException (data) without rows, or where they do not have the same number of descriptions, at least one
     */
    public CollapseReport measure(List<List<Written>> rows) {
        int samples = samples(rows);
        List<Written> all = rows.stream().flatMap(List::stream).toList();
        List<String> texts = all.stream().map(Written::text).toList();
        List<WrittenFacts> facts =
                all.stream().map(written -> WrittenFacts.of(written, marker)).toList();
        IntSummaryStatistics lengths =
                facts.stream().mapToInt(each -> each.words().size()).summaryStatistics();
        CollapseReport.PerRow perRow = perRow(facts, samples);
        return new CollapseReport(
                rows.size(),
                all.size(),
                distinct(facts, 1),
                distinct(facts, 2),
                share(new HashSet<>(texts).size(), texts.size()),
                new PairSimilarity(WordSets.of(texts), samples).mean(PAIRS, seed),
                mean(perRow.repeating()),
                mean(perRow.repetition()),
                lengths.getAverage(),
                lengths.getMin(),
                lengths.getMax(),
                mean(perRow.unparseable()),
                mean(perRow.withMarker()),
                mean(perRow.withNonLatin()),
                share(
                        facts.stream().mapToLong(WrittenFacts::nonLatin).sum(),
                        facts.stream().mapToLong(WrittenFacts::letters).sum()),
                perRow);
    }

    private static int samples(List<List<Written>> rows) {
        if (rows.isEmpty() || rows.get(0).isEmpty()) {
            throw InputException.data("no descriptions to measure");
        }
        int samples = rows.get(0).size();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != samples) {
                throw InputException.data(
                        "row %d has %d descriptions, expected %d as in row 0",
                        i, rows.get(i).size(), samples);
            }
        }
        return samples;
    }

    private static CollapseReport.PerRow perRow(List<WrittenFacts> facts, int samples) {
        return new CollapseReport.PerRow(
                means(facts, samples, each -> each.words().size()),
                means(facts, samples, each -> each.repetition() > 0 ? 1 : 0),
                means(facts, samples, WrittenFacts::repetition),
                means(facts, samples, each -> each.parsed() ? 0 : 1),
                means(facts, samples, each -> each.marker() ? 1 : 0),
                means(facts, samples, each -> each.nonLatin() > 0 ? 1 : 0));
    }

    private static double[] means(List<WrittenFacts> facts, int samples, ToDoubleFunction<WrittenFacts> value) {
        return IntStream.range(0, facts.size() / samples)
                .mapToDouble(row -> facts.subList(row * samples, (row + 1) * samples).stream()
                        .mapToDouble(value)
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static double distinct(List<WrittenFacts> facts, int run) {
        Set<List<String>> different = new HashSet<>();
        long runs = 0;
        for (WrittenFacts each : facts) {
            List<String> words = each.words();
            for (int i = 0; i + run <= words.size(); i++) {
                different.add(words.subList(i, i + run));
                runs++;
            }
        }
        return share(different.size(), runs);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
