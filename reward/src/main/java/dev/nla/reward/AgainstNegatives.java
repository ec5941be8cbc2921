package dev.nla.reward;

import dev.nla.model.gap.Cosine;

/**
 * How much nearer the reconstruction is to its target than to its negatives: the gap as a reward, in [-2, 2]. With random negatives
 * this is the contrastive reward, with negatives from the nearest rows the hard-negative one.
 *
 * @param cosine raw, or centred on the train split's mean
 * @param aggregate what several negatives count for
 */
public record AgainstNegatives(Cosine cosine, Aggregate aggregate) implements Reward {
    /** Minus the hardest negative. */
    public static AgainstNegatives hardest(Cosine cosine) {
        return new AgainstNegatives(cosine, new Aggregate.Max());
    }

    @Override
    public String name() {
        return (cosine.isCentered() ? "centered_gap_" : "gap_") + aggregate.name();
    }

    @Override
    public double score(Attempt attempt) {
        return cosine.between(attempt.reconstruction(), attempt.target())
                - aggregate.of(NegativeCosines.of(attempt, cosine, name()));
    }
}
