package dev.nla.eval.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The endings of English words, where a rule gives them. Words are in lower case. */
enum Inflection {
    /** None: the word as dictionaries have it. */
    BASE(""),
    /** The plural of a noun, the third person of a verb. */
    S("s"),
    /** The past of a verb. */
    ED("ed"),
    /** The present participle of a verb. */
    ING("ing");

    private static final Pattern HISSES = Pattern.compile(".*(ss|x|z|ch|sh)");
    private static final Pattern CONSONANT_Y = Pattern.compile(".*[^aeiou]y");
    private static final Pattern MUTE_E = Pattern.compile(".*[^eoy]e");

    /** Potatoes and autos, churches and stomachs, buses and news, men and humans: no rule tells which. */
    private static final Pattern UNSURE_PLURAL = Pattern.compile(".*([^s]s|o|arch|ach|och|man)");

    /** One syllable with one vowel, or -ic: stopped, panicked. */
    private static final Pattern CHANGES_ITS_END = Pattern.compile("[^aeiou]*[aeiou][^aeiouwxy]|.*ic");

    private final String ending;

    Inflection(String ending) {
        this.ending = ending;
    }

    /** The word with this ending; empty where no rule gives it. */
    Optional<String> of(String lemma) {
        return switch (this) {
            case BASE -> Optional.of(lemma);
            case S -> plural(lemma);
            case ED -> past(lemma);
            case ING -> participle(lemma);
        };
    }

    /** Every spelling, word or not, that reads {@code word} with this ending. */
    List<String> lemmas(String word) {
        if (!word.endsWith(ending)) {
            return List.of();
        }
        String stem = cut(word, ending.length());
        return Stream.of(stem, stem + "e", cut(stem, 1), cut(stem, 1) + "y", cut(stem, 2) + "y")
                .distinct()
                .filter(lemma -> of(lemma).filter(word::equals).isPresent())
                .toList();
    }

    private static Optional<String> plural(String lemma) {
        if (UNSURE_PLURAL.matcher(lemma).matches()) {
            return Optional.empty();
        }
        if (CONSONANT_Y.matcher(lemma).matches()) {
            return Optional.of(cut(lemma, 1) + "ies");
        }
        return Optional.of(lemma + (HISSES.matcher(lemma).matches() ? "es" : "s"));
    }

    private static Optional<String> past(String lemma) {
        if (CHANGES_ITS_END.matcher(lemma).matches()) {
            return Optional.empty();
        }
        if (CONSONANT_Y.matcher(lemma).matches()) {
            return Optional.of(cut(lemma, 1) + "ied");
        }
        return Optional.of(lemma + (lemma.endsWith("e") ? "d" : "ed"));
    }

    private static Optional<String> participle(String lemma) {
        if (CHANGES_ITS_END.matcher(lemma).matches() || lemma.endsWith("ie")) {
            return Optional.empty();
        }
        return Optional.of((MUTE_E.matcher(lemma).matches() ? cut(lemma, 1) : lemma) + "ing");
    }

    private static String cut(String word, int letters) {
        return word.substring(0, Math.max(0, word.length() - letters));
    }
}
