package dev.nla.train.testing;

import dev.nla.reward.Attempt;
import dev.nla.reward.Reward;

/** A reward from outside: the part of a description's characters that are vowels. */
public final class Vowels implements Reward {
    @Override
    public String name() {
        return "vowels";
    }

    @Override
    public double score(Attempt attempt) {
        String text = attempt.text().text();
        long vowels = text.chars().filter(c -> "aeiou".indexOf(c) >= 0).count();
        return text.isEmpty() ? 0 : (double) vowels / text.length();
    }
}
