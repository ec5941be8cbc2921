package dev.nla.eval.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.sf.extjwnl.JWNLException;

/**
 * Synonyms of single English words. WordNet is read by the first look-up, which takes about a second and 50 MB. May be
 * shared by threads.
 */
final class Thesaurus {
    private final Map<String, Optional<String>> known = new HashMap<>();
    private Optional<WordNet> wordNet = Optional.empty();

    /**
     * The synonym of a word in its most frequent sense, with the same ending.
     *
     * @param word in lower case, of the letters a to z
     * @return empty where WordNet has no such word or no such synonym, where the word is a name, a number or an irregular form of another,
     *     and where no rule gives the synonym its ending
     */
    synchronized Optional<String> synonym(String word) {
        Optional<String> found = known.get(word);
        if (found == null) {
            found = lookUp(word);
            known.put(word, found);
        }
        return found;
    }

    private Optional<String> lookUp(String word) {
        try {
            if (wordNet.isEmpty()) {
                wordNet = Optional.of(WordNet.load());
            }
            return wordNet.get().synonym(word);
        } catch (JWNLException e) {
            throw new IllegalStateException("WordNet on the class path cannot be read", e);
        }
    }
}
