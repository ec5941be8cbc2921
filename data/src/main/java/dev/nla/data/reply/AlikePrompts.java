package dev.nla.data.reply;

import dev.nla.data.extract.prompt.Prompt;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts that are answered together.
 *
 * @param head the tokens that all begin with
 * @param rests the others of each, as many in each
 * @param seeds of what is drawn for each
 */
record AlikePrompts(long[] head, List<long[]> rests, long[] seeds) {
    /** Of prompts whose tokens before the text, and whose number of tokens, are the same. */
    static AlikePrompts of(List<Prompt> prompts, long[] seeds) {
        return new AlikePrompts(
                head(prompts.get(0)),
                prompts.stream()
                        .map(prompt -> Arrays.copyOfRange(prompt.tokenIds(), prompt.textStart(), prompt.length()))
                        .toList(),
                seeds);
    }

    /** What stands before the text. */
    static long[] head(Prompt prompt) {
        return Arrays.copyOf(prompt.tokenIds(), prompt.textStart());
    }
}
