package dev.nla.reward;

import dev.nla.model.InputException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A weighted sum of rewards.
 *
 * @param terms at least one, of different names; mixtures inside are resolved
 */
public record Mixture(List<Weighted> terms) implements Reward {
    /** Resolves mixtures inside and checks names and weights. */
    public Mixture {
        terms = terms.stream().flatMap(Mixture::resolve).toList();
        if (terms.stream().noneMatch(term -> term.weight() > 0)) {
            throw InputException.usage("a mixture of rewards has no term with a weight above 0: give at least one");
        }
        if (terms.stream().map(term -> term.reward().name()).distinct().count() < terms.size()) {
            throw InputException.usage(
                    "a mixture of rewards has a term twice: %s",
                    terms.stream().map(term -> term.reward().name()).toList());
        }
    }

    @Override
    public String name() {
        return "mixture";
    }

    @Override
    public double score(Attempt attempt) {
        double sum = 0;
        for (Weighted term : terms) {
            sum += term.weight() * term.reward().score(attempt);
        }
        return sum;
    }

    private static Stream<Weighted> resolve(Weighted term) {
        return term.reward().terms().stream()
                .map(inner -> new Weighted(term.weight() * inner.weight(), inner.reward()));
    }
}
