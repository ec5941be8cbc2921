package dev.nla.data.reply;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The line of a description that says how the model's own reply begins: {@code • About to say: The phrase "the plane went into a stall}.
 *
 * @param words most words of the reply that are said
 */
public record AboutToSay(int words) {
    private static final DescriptionLine LINE = new DescriptionLine("About to say");

    /** Checks that there is something to say. */
    public AboutToSay {
        if (words < 1) {
            throw new IllegalArgumentException("expected at least 1 word, got " + words);
        }
    }

    /** A description with such a line at its end, in place of any that it has. Where the reply is empty, no line. */
    public String addedTo(String description, String reply) {
        return LINE.addedTo(
                description, DescriptionLine.words(reply).stream().limit(words).collect(Collectors.joining(" ")));
    }

    /** What a description says the model is about to say; empty where it does not say. */
    public static Optional<String> in(String description) {
        return LINE.in(description);
    }
}
