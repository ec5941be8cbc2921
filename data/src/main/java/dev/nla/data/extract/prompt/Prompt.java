package dev.nla.data.extract.prompt;

/**
 * A rendered text.
 *
 * @param tokenIds everything the model reads, [T]
 * @param textStart index of the first token that belongs to the text and not to what stands before every text
 * @param rawTokens how many tokens the bare text has
 */
public record Prompt(long[] tokenIds, int textStart, int rawTokens) {
    /** Checks that the text starts inside. */
    public Prompt {
        if (textStart < 0 || textStart >= tokenIds.length) {
            throw new IllegalArgumentException(
                    "the text starts at " + textStart + " of " + tokenIds.length + " tokens");
        }
    }

    /** How many tokens the model reads. */
    public int length() {
        return tokenIds.length;
    }
}
