package dev.nla.eval.truth;

import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every value that the facts of a dataset give an attribute, and where a text names one. Values are found as whole words, case and regular
 * English plurals (-s, -es, -ies) folded; between the words of a value there may be anything but a letter, a digit or a line break.
 */
public final class FactVocabulary {
    private final Map<Fact, List<Word>> facts = new LinkedHashMap<>();
    private final Map<String, List<Fact>> byFirstWord = new HashMap<>();

    /** The vocabulary of all rows of a dataset; empty where none has facts. */
    public static FactVocabulary of(Collection<Row> rows) {
        return ofFacts(rows.stream().map(row -> Fact.of(row.facts())).toList());
    }

    /**
     * The vocabulary of the facts of some rows; empty where there are none.
     *
     * @param rows the facts of each
     */
    public static FactVocabulary ofFacts(Collection<List<Fact>> rows) {
        FactVocabulary vocabulary = new FactVocabulary();
        rows.forEach(facts -> facts.forEach(vocabulary::add));
        return vocabulary;
    }

    private FactVocabulary() {}

    private void add(Fact fact) {
        if (facts.containsKey(fact)) {
            return;
        }
        List<Word> words = Word.in(fact.value());
        facts.put(fact, words);
        words.get(0).singulars().forEach(singular -> byFirstWord
                .computeIfAbsent(singular, key -> new ArrayList<>())
                .add(fact));
    }

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
        return facts.isEmpty();
    }

    /** Values by attribute, both in the order in which the rows bring them. */
    public Map<String, List<String>> values() {
        return facts.keySet().stream()
                .collect(Collectors.groupingBy(
                        Fact::attribute, LinkedHashMap::new, Collectors.mapping(Fact::value, Collectors.toList())));
    }

    /** Every place that names a value, from left to right; places may overlap, and one place may stand for several facts. */
    List<Mention> mentions(String text) {
        List<Word> words = Word.in(text);
        List<Mention> mentions = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            int first = i;
            words.get(i).singulars().stream()
                    .flatMap(singular -> byFirstWord.getOrDefault(singular, List.of()).stream())
                    .distinct()
                    .forEach(fact -> mention(fact, text, words, first).ifPresent(mentions::add));
        }
        return mentions;
    }

    private Optional<Mention> mention(Fact fact, String text, List<Word> words, int first) {
        List<Word> wanted = facts.get(fact);
        if (first + wanted.size() > words.size()) {
            return Optional.empty();
        }
        List<Word> found = words.subList(first, first + wanted.size());
        boolean exact = true;
        for (int k = 0; k < wanted.size(); k++) {
            if (!found.get(k).matches(wanted.get(k))) {
                return Optional.empty();
            }
            exact &= found.get(k).spelling().equals(wanted.get(k).spelling());
        }
        int begin = found.get(0).begin();
        int end = found.get(found.size() - 1).end();
        return text.substring(begin, end).lines().count() == 1
                ? Optional.of(new Mention(fact, begin, end, exact))
                : Optional.empty();
    }
}
