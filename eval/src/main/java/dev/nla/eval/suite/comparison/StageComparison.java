package dev.nla.eval.suite.comparison;

import dev.nla.eval.suite.FinishedSuite;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A stage held against the one before it.
 *
 * @param earlier the name of the one before
 * @param later the name of the stage
 * @param comparison the later minus the earlier; empty where they can't be compared
 * @param obstacle why they can't be compared; empty where they can
 */
public record StageComparison(String earlier, String later, Optional<Comparison> comparison, String obstacle) {
    /** Every stage but the first against the one before it; p-values are corrected over all of these comparisons. */
    public static List<StageComparison> consecutive(List<FinishedSuite> stages, DocumentBootstrap bootstrap) {
        List<StageComparison> pairs = IntStream.range(1, stages.size())
                .mapToObj(i -> of(stages.get(i - 1), stages.get(i), bootstrap))
                .toList();
        Iterator<Comparison> corrected = Comparison.correctedTogether(
                        pairs.stream().flatMap(pair -> pair.comparison.stream()).toList())
                .iterator();
        return pairs.stream()
                .map(pair -> pair.comparison.isEmpty() ? pair : pair.with(corrected.next()))
                .toList();
    }

    private StageComparison with(Comparison corrected) {
        return new StageComparison(earlier, later, Optional.of(corrected), obstacle);
    }

    private static StageComparison of(FinishedSuite earlier, FinishedSuite later, DocumentBootstrap bootstrap) {
        try {
            Comparison comparison = Comparison.of(later.scores(), earlier.scores(), bootstrap);
            return new StageComparison(earlier.name(), later.name(), Optional.of(comparison), "");
        } catch (InputException obstacle) {
            return new StageComparison(earlier.name(), later.name(), Optional.empty(), obstacle.getMessage());
        }
    }
}
