package dev.nla.data.reply;

import java.util.List;

/**
 * The line of a description that quotes the last words the model had read: {@code • Just read: "the plane went into"}. The last of them may
 * be the beginning of a word, where the activation is from a token inside one.
 *
 * @param words most words that are quoted
 */
public record JustRead(int words) {
    private static final DescriptionLine LINE = new DescriptionLine("Just read");

    /** Checks that there is something to quote. */
    public JustRead {
        if (words < 1) {
            throw new IllegalArgumentException("expected at least 1 word, got " + words);
        }
    }

    /** A description with such a line at its end, in place of any that it has. Where the text is blank, no line. */
    public String addedTo(String description, String text) {
        List<String> read = DescriptionLine.words(text);
        String last = String.join(" ", read.subList(Math.max(0, read.size() - words), read.size()));
        return LINE.addedTo(description, last.isEmpty() ? "" : '"' + last + '"');
    }
}
