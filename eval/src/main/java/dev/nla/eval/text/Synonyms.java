package dev.nla.eval.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A light paraphrase: every second of the words that have a synonym, drawn by seed, gives way to it; one where there is only one. Words are
 * taken in their most frequent sense, so that the meaning mostly survives and the spelling does not. Values of the row's facts are words
 * like others. "A" and "an" follow the word behind them.
 *
 * <p>Left alone are function words, names (capitals within a sentence), numbers, words of one or two letters, parts of hyphenated words,
 * irregular forms, and all that WordNet does not know.
 */
public final class Synonyms implements Rewrite {
    private static final String LETTER = "[\\p{L}\\p{M}\\p{N}_]";
    private static final Pattern WORD =
            Pattern.compile(LETTER + "[\\p{L}\\p{M}\\p{N}_'’\\-\\u2010\\u2011]*(?<=" + LETTER + ")");
    private static final Pattern ENGLISH = Pattern.compile("([A-Za-z]{3,})(?:['’][sS])?");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?]");
    private static final Pattern ARTICLE = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}'’-])([Aa])n?(?= \\z)");

    /** Of three letters and more, as far as WordNet has them in some other sense. */
    private static final Set<String> FUNCTION_WORDS = Set.copyOf(List.of(
            ("the and but nor for yet not all any both each few more most much many other others another some such only own same one ones none"
                            + " this that these those there here where when why how who whom whose what which while will would shall should"
                            + " can could may might must have has had having does did doing done are was were been being get got let"
                            + " his her hers him she you your our ours its they them their about above after against along among around"
                            + " before behind below beneath beside between beyond down during from inside into near off onto out outside"
                            + " over past per since than then through too toward towards under until upon via with within without"
                            + " very just also even ever never now again either neither because though although unless")
                    .split(" ")));

    private final Thesaurus thesaurus = new Thesaurus();

    /** A place where a synonym can stand. */
    private record Place(int begin, int end, String synonym) {}

    @Override
    public String key() {
        return "synonyms";
    }

    @Override
    public Rewritten rewrite(String description, long seed, int row) {
        List<Place> places = places(description);
        List<Place> chosen = half(places, Rewrite.random(seed, row));
        StringBuilder out = new StringBuilder();
        int end = 0;
        for (Place place : chosen) {
            out.append(description, end, place.begin());
            fitArticle(out, place.synonym());
            out.append(place.synonym());
            end = place.end();
        }
        return new Rewritten(out.append(description.substring(end)).toString(), chosen.size(), places.size());
    }

    private List<Place> places(String text) {
        List<Place> places = new ArrayList<>();
        int end = 0;
        int lettersBefore = 0;
        for (MatchResult word : WORD.matcher(text).results().toList()) {
            String gap = text.substring(end, word.start());
            boolean opens = end == 0
                    || LINE_BREAK.matcher(gap).find()
                    || lettersBefore > 3 && SENTENCE_END.matcher(gap).find();
            Matcher english = ENGLISH.matcher(word.group());
            if (english.matches()) {
                int begin = word.start();
                synonym(english.group(1), opens)
                        .ifPresent(other -> places.add(new Place(begin, begin + english.end(1), other)));
            }
            end = word.end();
            lettersBefore = word.group().length();
        }
        return places;
    }

    /** Capitals are kept. One at the beginning of a line or a sentence, but not behind an abbreviation, does not make a name. */
    private Optional<String> synonym(String word, boolean opens) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (FUNCTION_WORDS.contains(lower)) {
            return Optional.empty();
        }
        if (word.equals(lower)) {
            return thesaurus.synonym(lower);
        }
        if (word.equals(word.toUpperCase(Locale.ROOT))) {
            return thesaurus.synonym(lower).map(other -> other.toUpperCase(Locale.ROOT));
        }
        String capitalised = Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
        return opens && word.equals(capitalised)
                ? thesaurus.synonym(lower).map(other -> Character.toUpperCase(other.charAt(0)) + other.substring(1))
                : Optional.empty();
    }

    /** Half of them, rounded up, in their order. */
    private static List<Place> half(List<Place> places, SplittableRandom random) {
        List<Place> chosen = new ArrayList<>();
        int wanted = (places.size() + 1) / 2;
        for (int i = 0; i < places.size(); i++) {
            if (random.nextInt(places.size() - i) < wanted - chosen.size()) {
                chosen.add(places.get(i));
            }
        }
        return chosen;
    }

    /** By the first letter; before u, which sounds like a vowel or not, the article stays. */
    private static void fitArticle(StringBuilder out, String next) {
        Matcher article = ARTICLE.matcher(out);
        char first = Character.toLowerCase(next.charAt(0));
        if (first != 'u' && article.find()) {
            String fitting = article.group(1) + ("aeio".indexOf(first) >= 0 ? "n" : "");
            out.replace(article.start(), article.end(), fitting);
        }
    }
}
