package dev.nla.model.names;

import java.util.BitSet;

/** A regular expression of Python, asked only whether it matches. */
final class PythonPattern {
    /** No name of a module is longer. */
    private static final int LONGEST_NAME = 500;

    private final PatternNode node;
    private final MatchBudget budget;

    private PythonPattern(PatternNode node, MatchBudget budget) {
        this.node = node;
        this.budget = budget;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException where it is none, or none that is read; the message names it
     */
    static PythonPattern of(String source, MatchBudget budget) {
        return shown(source, source, budget);
    }

    /** The expression by which PEFT finds a module by a key of a pattern: {@code (.*\.)?(key)$}. */
    static PythonPattern ofKey(String key, MatchBudget budget) {
        return shown("(.*\\.)?(" + key + ")$", key, budget);
    }

    private static PythonPattern shown(String source, String written, MatchBudget budget) {
        try {
            return new PythonPattern(PatternParser.parse(source), budget);
        } catch (IllegalArgumentException e) {
            String text = written.length() <= 80 ? written : written.substring(0, 80) + "…";
            throw new IllegalArgumentException(
                    "'" + text + "' is no regular expression that is read: " + e.getMessage(), e);
        }
    }

    /** Python's {@code re.fullmatch}. */
    boolean matchesAll(String name) {
        return ends(name, 0).get(name.length());
    }

    /** Python's {@code re.match}. */
    boolean matchesStart(String name) {
        return !ends(name, 0).isEmpty();
    }

    /** All places where a match that begins at a place may end. */
    BitSet ends(String name, int begin) {
        BitSet starts = new BitSet();
        if (name.length() > LONGEST_NAME) {
            return starts;
        }
        starts.set(begin);
        return node.ends(starts, new PatternNode.Text(name, budget));
    }
}
