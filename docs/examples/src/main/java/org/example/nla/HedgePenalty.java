package org.example.nla;

import dev.nla.reward.Attempt;
import dev.nla.reward.Reward;
import java.util.Locale;
import java.util.Set;

/** Minus the part of a description's words that hedge: in [-1, 0], 0 where it says plainly what it says. */
public final class HedgePenalty implements Reward {
    private static final Set<String> HEDGES =
            Set.of("maybe", "perhaps", "possibly", "probably", "might", "may", "could", "seems", "somewhat", "likely");

    @Override
    public String name() {
        return "hedging";
    }

    @Override
    public double score(Attempt attempt) {
        String[] words = attempt.text().text().toLowerCase(Locale.ROOT).split("[^\\p{L}]+");
        int hedges = 0;
        for (String word : words) {
            hedges += HEDGES.contains(word) ? 1 : 0;
        }
        return hedges == 0 ? 0 : -(double) hedges / words.length;
    }
}
