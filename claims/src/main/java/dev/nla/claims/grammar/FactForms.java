package dev.nla.claims.grammar;

import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forms of lines that state facts: the values of a row's facts are found in its lines, and what stands around them is what lines of that form
 * have in common. A form is kept where many lines have it and most lines that begin like it do state the facts.
 */
final class FactForms {
    /** Of the values in a form's place, so many have to be the fact's: teachers err, but not every second time. */
    private static final double MOSTLY = 0.5;

    private final int fewest;
    private final Map<String, Map<String, Integer>> byHead = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<String> compound = new HashSet<>();

    /** A line, and what is known of its row. */
    private record Line(String text, RowFacts facts) {}

    /** A value found in a line. */
    private record Found(String attribute, int begin, int end) {}

    FactForms(int fewest) {
        this.fewest = fewest;
    }

    void read(Row row) {
        RowFacts facts = RowFacts.of(row.facts());
        for (String line : ClaimGrammar.lines(row.description())) {
            List<Found> found = found(line, facts);
            if (!found.isEmpty() && GrammarInference.writable(line)) {
                byHead.computeIfAbsent(line.substring(0, found.get(0).begin()), head -> new LinkedHashMap<>())
                        .merge(notation(line, found), 1, Integer::sum);
            }
            lines.add(new Line(line, facts));
        }
        facts.values().values().forEach(values -> values.stream()
                .filter(value -> value.contains(Slot.Kind.LIST.separator()))
                .forEach(compound::add));
    }

    /** One form for each beginning: the one that most lines have. */
    List<LineForm> forms() {
        List<LineForm> forms = new ArrayList<>();
        for (Map<String, Integer> alike : byHead.values()) {
            Map.Entry<String, Integer> most =
                    alike.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
            if (most.getValue() >= fewest) {
                forms.add(LineForm.parse(most.getKey()));
            }
        }
        return forms.stream().filter(this::statesFacts).toList();
    }

    Set<String> compoundValues() {
        return compound;
    }

    private boolean statesFacts(LineForm form) {
        Map<Boolean, Integer> values = new HashMap<>();
        for (Line line : lines) {
            form.read(line.text(), 0, compound)
                    .ifPresent(claims -> claims.forEach(
                            claim -> values.merge(line.facts().has(claim.slot(), claim.value()), 1, Integer::sum)));
        }
        int right = values.getOrDefault(true, 0);
        return right >= MOSTLY * (right + values.getOrDefault(false, 0));
    }

    private static List<Found> found(String line, RowFacts facts) {
        List<Found> found = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int at = 1; at < line.length(); at++) {
            Found longest = null;
            for (Map.Entry<String, List<String>> fact : facts.values().entrySet()) {
                for (String value : fact.getValue()) {
                    if (!taken.contains(fact.getKey())
                            && (longest == null || value.length() > longest.end() - longest.begin())
                            && standsAt(line, at, value)) {
                        longest = new Found(fact.getKey(), at, at + value.length());
                    }
                }
            }
            if (longest != null) {
                found.add(longest);
                taken.add(longest.attribute());
                at = longest.end();
            }
        }
        return found;
    }

    /** A value stands alone: behind a blank, and at the line's end or before a comma. */
    private static boolean standsAt(String line, int at, String value) {
        int end = at + value.length();
        return line.charAt(at - 1) == ' '
                && line.startsWith(value, at)
                && (end == line.length() || line.startsWith(Slot.Kind.LIST.separator(), end));
    }

    private static String notation(String line, List<Found> found) {
        StringBuilder notation = new StringBuilder();
        int at = 0;
        for (Found value : found) {
            notation.append(line, at, value.begin())
                    .append('{')
                    .append(value.attribute())
                    .append('}');
            at = value.end();
        }
        return notation.append(line.substring(at)).toString();
    }
}
