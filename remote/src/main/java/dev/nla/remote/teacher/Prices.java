package dev.nla.remote.teacher;

import dev.nla.model.InputException;
import dev.nla.remote.teacher.chat.TokenUsage;

/**
 * What tokens cost, in whatever currency.
 *
 * @param perMillionInput a million tokens of prompts
 * @param perMillionOutput a million tokens of answers
 */
public record Prices(double perMillionInput, double perMillionOutput) {
    /**
     * Checks that neither is negative.
     *
     * @throws InputException (usage) where one is, or is no number
     */
    public Prices {
        if (!(perMillionInput >= 0 && perMillionOutput >= 0)) {
            throw InputException.usage(
                    "the prices are %s and %s for a million tokens: numbers of at least 0 were expected",
                    perMillionInput, perMillionOutput);
        }
    }

    /** What this usage cost. */
    public double of(TokenUsage usage) {
        return (usage.input() * perMillionInput + usage.output() * perMillionOutput) / 1e6;
    }
}
