package dev.nla.reward;

import dev.nla.model.gap.Cosine;

/**
 * Round trip: the cosine of reconstruction and target, in [-1, 1].
 *
 * @param cosine raw, or centred on the train split's mean
 */
public record CosineReward(Cosine cosine) implements Reward {
    @Override
    public String name() {
        return cosine.isCentered() ? "centered_cosine" : "cosine";
    }

    @Override
    public double score(Attempt attempt) {
        return cosine.between(attempt.reconstruction(), attempt.target());
    }
}
