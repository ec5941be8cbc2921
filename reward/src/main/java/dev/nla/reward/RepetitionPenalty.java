package dev.nla.reward;

/** Minus the part of the text that repeats itself ({@link dev.nla.reward.text.TextFacts#repetition}), in [-1, 0]. */
public record RepetitionPenalty() implements Reward {
    @Override
    public String name() {
        return "repetition";
    }

    @Override
    public double score(Attempt attempt) {
        return -attempt.text().repetition();
    }
}
