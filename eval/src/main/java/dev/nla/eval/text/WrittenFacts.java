package dev.nla.eval.text;

import dev.nla.reward.text.TextFacts;
import java.lang.Character.UnicodeScript;
import java.util.List;

/**
 * What the meters need to know of one description.
 *
 * @param words in order
 * @param repetition the part of its runs of three words that occurred before in it, in [0, 1)
 * @param parsed whether it could be read
 * @param marker whether it holds the marker
 * @param letters of any script
 * @param nonLatin letters of another script than Latin; signs that several scripts share, such as µ, are none
 */
record WrittenFacts(
        List<String> words, double repetition, boolean parsed, boolean marker, long letters, long nonLatin) {
    static WrittenFacts of(Written written, String marker) {
        String text = written.text();
        return new WrittenFacts(
                Words.of(text),
                TextFacts.of(text, 0).repetition(),
                written.parsed(),
                text.contains(marker),
                text.codePoints().filter(Character::isLetter).count(),
                text.codePoints()
                        .filter(Character::isLetter)
                        .filter(WrittenFacts::isNonLatin)
                        .count());
    }

    private static boolean isNonLatin(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return script != UnicodeScript.LATIN && script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED;
    }
}
