package dev.nla.claims.described;

import dev.nla.claims.grammar.ClaimGrammar;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * An activation with what is claimed about it. It remembers how near each text brings the reconstruction, so that what was heard to measure its claims
 * is not heard again to search for better ones. Not safe to share between threads.
 */
public final class ClaimedActivation {
    private final DescribedActivation described;
    private final ClaimPool pool;
    private final Map<String, Double> nearness = new HashMap<>();

    private ClaimedActivation(DescribedActivation described, ClaimPool pool) {
        this.described = described;
        this.pool = pool;
    }

    /** One of which nothing has been heard yet. */
    public static ClaimedActivation of(DescribedActivation described, ClaimGrammar grammar) {
        return new ClaimedActivation(described, ClaimPool.of(described, grammar));
    }

    /** The activation, and what was written about it. */
    public DescribedActivation described() {
        return described;
    }

    /** What that states. */
    public ClaimPool pool() {
        return pool;
    }

    /**
     * How near a text brings the reconstruction to the activation.
     *
     * @throws NoSuchElementException where it was not heard
     */
    public double nearness(String text) {
        Double heard = nearness.get(text);
        if (heard == null) {
            throw new NoSuchElementException("not heard: " + text);
        }
        return heard;
    }

    boolean heard(String text) {
        return nearness.containsKey(text);
    }

    void hear(String text, double near) {
        nearness.put(text, near);
    }
}
