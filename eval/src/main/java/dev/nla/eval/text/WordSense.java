package dev.nla.eval.text;

import java.util.Optional;
import java.util.regex.Pattern;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;

/**
 * A sense that a spelling can have.
 *
 * @param inflection how the spelling comes from the word
 * @param pos part of speech
 * @param lemma the word, in lower case
 * @param synset all words of this sense
 */
record WordSense(Inflection inflection, POS pos, String lemma, Synset synset) {
    private static final Pattern SINGLE_WORD = Pattern.compile("[a-z]{2,}");
    private static final Pattern DIGIT = Pattern.compile("\\d");

    /** How often the word was met in this sense in the texts that WordNet's makers tagged. */
    int frequency() {
        return word().map(Word::getUseCount).orElse(0);
    }

    /** Whether it is the sense of no name, which WordNet writes with a capital, and of no number, which it writes in digits as well. */
    boolean isPlain() {
        return word().filter(word -> word.getLemma().equals(lemma)).isPresent()
                && synset.getWords().stream()
                        .noneMatch(word -> DIGIT.matcher(word.getLemma()).find());
    }

    /** The first other word of the sense that is a single one and no name. */
    Optional<String> firstSynonym() {
        return synset.getWords().stream()
                .map(Word::getLemma)
                .filter(other -> SINGLE_WORD.matcher(other).matches() && !other.equals(lemma))
                .findFirst();
    }

    private Optional<Word> word() {
        return synset.getWords().stream()
                .filter(word -> word.getLemma().equalsIgnoreCase(lemma))
                .findFirst();
    }
}
