package dev.nla.claims.truth;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.Folded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether claims are true, by the rule of their slot.
 *
 * @param rules by slot; a slot without one is judged by the row's own description
 */
public record SlotTruth(Map<String, TruthRule> rules) {
    /** Copies the rules. */
    public SlotTruth {
        rules = Map.copyOf(rules);
    }

    /** The rule of a slot. */
    public TruthRule rule(String slot) {
        return rules.getOrDefault(slot, TruthRule.DESCRIPTION);
    }

    /** Whether a claim is true of a row. */
    public boolean holds(Claim claim, LabelledRow row) {
        return holds(rule(claim.slot()), claim, row);
    }

    /** Whether a claim of a slot can be judged at all: what its rule asks must be there. */
    public boolean judges(String slot, LabelledRow row) {
        return switch (rule(slot)) {
            case FACT -> true;
            case TEXT, READ -> !row.text().isBlank();
            case HALF, DESCRIPTION -> !row.own().isEmpty();
        };
    }

    /** What could be claimed of a row: its facts, or where no slot is judged by facts, what its own description claims. */
    public List<Claim> known(LabelledRow row) {
        if (!rules.containsValue(TruthRule.FACT)) {
            return row.own();
        }
        List<Claim> facts = new ArrayList<>();
        row.facts().values().forEach((attribute, values) -> {
            if (rule(attribute) == TruthRule.FACT) {
                values.forEach(value -> facts.add(new Claim(attribute, value, 0, value.length())));
            }
        });
        return facts;
    }

    static boolean holds(TruthRule rule, Claim claim, LabelledRow row) {
        return switch (rule) {
            case FACT -> row.facts().has(claim.slot(), claim.value());
            case TEXT -> Folded.words(claim.value()).stream().allMatch(word -> stands(word, row.text()));
            case READ -> read(claim, row.text());
            case HALF -> half(claim, row.own());
            case DESCRIPTION -> row.own().stream().anyMatch(claim::saysTheSameAs);
        };
    }

    /** Words of plain letters may be cut out of a text at letters that are none, so that only those count as a word's going on. */
    private static boolean stands(String word, String text) {
        String folded = Folded.letters(text);
        for (int at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
            int end = at + word.length();
            if ((at == 0 || !plain(folded.charAt(at - 1))) && (end == folded.length() || !plain(folded.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean plain(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
    }

    private static boolean read(Claim claim, String text) {
        String[] words = text.strip().split("\\s+");
        String slot = claim.slot();
        String digits = slot.substring(slot.lastIndexOf(' ') + 1);
        int fromLast = digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 1;
        return fromLast <= words.length && words[words.length - fromLast].equals(claim.value());
    }

    private static boolean half(Claim claim, List<Claim> own) {
        List<String> words = Folded.words(claim.value());
        Set<String> said = new HashSet<>();
        own.stream()
                .filter(other -> other.slot().equals(claim.slot()))
                .forEach(other -> said.addAll(Folded.words(other.value())));
        long there = words.stream().filter(said::contains).count();
        return words.isEmpty() ? own.stream().anyMatch(claim::saysTheSameAs) : 2 * there >= words.size();
    }
}
