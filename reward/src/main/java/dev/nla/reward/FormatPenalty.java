package dev.nla.reward;

/** -1 for a readable text with stray markup in it ({@link dev.nla.reward.text.TextFacts#strayMarkup}), else 0. */
public record FormatPenalty() implements Reward {
    @Override
    public String name() {
        return "format";
    }

    @Override
    public double score(Attempt attempt) {
        return attempt.text().strayMarkup() ? -1 : 0;
    }
}
