package dev.nla.eval.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.Exc;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * WordNet 3.1 (Princeton University) as it lies on the class path, with what it knows of irregular endings.
 *
 * @param dictionary open as long as this is used
 * @param irregularForms spellings that are a form of another word by no rule: "went", "mice", "stopped"
 * @param irregularLemmas words that have such a form
 */
record WordNet(Dictionary dictionary, Set<String> irregularForms, Set<Irregular> irregularLemmas) {
    /** A word whose form with this ending no rule gives. */
    record Irregular(POS pos, Inflection inflection, String lemma) {}

    static WordNet load() throws JWNLException {
        WordNet wordNet = new WordNet(Dictionary.getDefaultResourceInstance(), new HashSet<>(), new HashSet<>());
        for (POS pos : POS.getAllPOS()) {
            Iterator<Exc> exceptions = wordNet.dictionary.getExceptionIterator(pos);
            while (exceptions.hasNext()) {
                wordNet.add(exceptions.next());
            }
        }
        return wordNet;
    }

    private void add(Exc exception) {
        String form = exception.getLemma();
        List<String> irregular = exception.getExceptions().stream()
                .filter(lemma -> !isRegular(form, lemma))
                .toList();
        if (irregular.size() == exception.getExceptions().size()) {
            irregularForms.add(form);
        }
        Inflection inflection = inflection(exception.getPOS(), form);
        irregular.forEach(lemma -> irregularLemmas.add(new Irregular(exception.getPOS(), inflection, lemma)));
    }

    private static boolean isRegular(String form, String lemma) {
        return Arrays.stream(Inflection.values())
                .anyMatch(
                        inflection -> inflection.of(lemma).filter(form::equals).isPresent());
    }

    private static Inflection inflection(POS pos, String form) {
        if (pos == POS.NOUN || form.endsWith("s")) {
            return Inflection.S;
        }
        return form.endsWith("ing") ? Inflection.ING : Inflection.ED;
    }

    /** The first single word beside {@code word} in its most frequent sense, of whatever part of speech, with the same ending. */
    Optional<String> synonym(String word) throws JWNLException {
        if (irregularForms.contains(word)) {
            return Optional.empty();
        }
        return senses(word).stream()
                .max(Comparator.comparingInt(WordSense::frequency))
                .filter(WordSense::isPlain)
                .flatMap(sense -> sense.firstSynonym()
                        .filter(other ->
                                !irregularLemmas.contains(new Irregular(sense.pos(), sense.inflection(), other)))
                        .flatMap(sense.inflection()::of));
    }

    /** The most frequent sense of each part of speech: nouns, verbs, adjectives, adverbs; words without an ending first. */
    private List<WordSense> senses(String word) throws JWNLException {
        List<WordSense> senses = new ArrayList<>();
        for (Inflection inflection : Inflection.values()) {
            for (String lemma : inflection.lemmas(word)) {
                for (POS pos : partsOfSpeech(inflection)) {
                    IndexWord found = dictionary.getIndexWord(pos, lemma);
                    if (found != null) {
                        senses.add(new WordSense(
                                inflection, pos, lemma, found.getSenses().get(0)));
                    }
                }
            }
        }
        return senses;
    }

    private static List<POS> partsOfSpeech(Inflection inflection) {
        return switch (inflection) {
            case BASE -> POS.getAllPOS();
            case S -> List.of(POS.NOUN, POS.VERB);
            case ED, ING -> List.of(POS.VERB);
        };
    }
}
