package dev.nla.model.names;

import dev.nla.model.names.PatternNode.Alternatives;
import dev.nla.model.names.PatternNode.Anchor;
import dev.nla.model.names.PatternNode.Look;
import dev.nla.model.names.PatternNode.One;
import dev.nla.model.names.PatternNode.Repeat;
import dev.nla.model.names.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a regular expression as Python's {@code re} does. */
final class PatternParser {
    private static final int LONGEST = 1 << 17;
    private static final int DEEPEST = 100;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{0,6})(,?)(\\d{0,6})\\}");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?([aimsu]*)(?:-([ims]+))?([:)])");
    private static final Pattern NAMED = Pattern.compile("\\(\\?P<[A-Za-z_][A-Za-z0-9_]*+>");

    private final String source;
    private int at;
    private int depth;
    private boolean ignoresCase;

    private PatternParser(String source) {
        this.source = source;
    }

    /**
     * Reads a whole expression.
     *
     * @throws IllegalArgumentException where it is none, or has a part that is not read: it says which
     */
    static PatternNode parse(String source) {
        if (source.length() > LONGEST) {
            throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
        }
        PatternParser parser = new PatternParser(source);
        parser.globalFlags();
        PatternNode node = parser.alternatives();
        if (parser.at < source.length()) {
            throw parser.wrong("a ) without its (");
        }
        return node;
    }

    private void globalFlags() {
        Matcher flags = FLAGS.matcher(source);
        if (flags.lookingAt() && flags.group(3).equals(")")) {
            ignoresCase = flags.group(1).contains("i");
            at = flags.end();
        }
    }

    private PatternNode alternatives() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("it has groups in groups, more than " + DEEPEST + " deep");
        }
        List<PatternNode> all = new ArrayList<>();
        do {
            all.add(sequence());
        } while (skip("|"));
        depth--;
        return all.size() == 1 ? all.get(0) : new Alternatives(all);
    }

    private PatternNode sequence() {
        List<PatternNode> parts = new ArrayList<>();
        while (at < source.length() && "|)".indexOf(source.charAt(at)) < 0) {
            if (skip("(?#")) {
                at = after(")");
            } else {
                parts.add(repeated(atom()));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
    }

    private PatternNode repeated(PatternNode atom) {
        while (skip("(?#")) {
            at = after(")");
        }
        int before = at;
        int least = 0;
        int most = Integer.MAX_VALUE;
        Matcher count = count();
        if (skip("+")) {
            least = 1;
        } else if (skip("?")) {
            most = 1;
        } else if (isCount(count)) {
            at = count.end();
            least = number(count.group(1), 0);
            most = count.group(2).isEmpty() ? least : number(count.group(3), most);
        } else if (!skip("*")) {
            return atom;
        }
        if (atom instanceof Anchor || least > most) {
            throw wrong("nothing to repeat");
        }
        if (skip("+")) {
            throw wrong("possessive repetition, which is not read");
        }
        skip("?");
        if (at < source.length() && "*+?".indexOf(source.charAt(at)) >= 0 || isCount(count())) {
            throw wrong("a repetition of a repetition at " + before);
        }
        return new Repeat(atom, least, most);
    }

    private Matcher count() {
        return COUNT.matcher(source).region(at, source.length());
    }

    /** Whether it is a count; {@code {}} is two characters. */
    private static boolean isCount(Matcher count) {
        return count.lookingAt() && count.group().length() > 2;
    }

    private static int number(String digits, int otherwise) {
        return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }

    private PatternNode atom() {
        if (isCount(count())) {
            throw wrong("nothing to repeat");
        }
        char next = source.charAt(at++);
        return switch (next) {
            case '(' -> group();
            case '[' -> new One(PatternCharacters.set(this, ignoresCase));
            case '.' -> new One(Characters.DOT);
            case '^' -> Anchor.BEGIN;
            case '$' -> Anchor.END;
            case '\\' -> escaped();
            case '*', '+', '?' -> throw wrong("nothing to repeat");
            default -> literal(next);
        };
    }

    private PatternNode escaped() {
        if (at == source.length()) {
            throw wrong("a \\ at the end");
        }
        switch (source.charAt(at)) {
            case 'A', 'Z', 'b', 'B' -> {
                return switch (source.charAt(at++)) {
                    case 'A' -> Anchor.BEGIN;
                    case 'Z' -> Anchor.END;
                    case 'b' -> Anchor.WORD_EDGE;
                    default -> Anchor.NO_WORD_EDGE;
                };
            }
            default -> {
                Characters characters = PatternCharacters.escape(this);
                return new One(ignoresCase ? new Characters.BothCases(characters) : characters);
            }
        }
    }

    private PatternNode literal(char character) {
        Characters one = new Characters.Range(character, character);
        return new One(ignoresCase ? new Characters.BothCases(one) : one);
    }

    private PatternNode group() {
        boolean outside = ignoresCase;
        at--;
        Matcher named = NAMED.matcher(source).region(at, source.length());
        Matcher flags = FLAGS.matcher(source).region(at, source.length());
        PatternNode inside;
        if (skip("(?=")) {
            inside = new Look(alternatives(), true, true);
        } else if (skip("(?!")) {
            inside = new Look(alternatives(), true, false);
        } else if (skip("(?<=")) {
            inside = new Look(alternatives(), false, true);
        } else if (skip("(?<!")) {
            inside = new Look(alternatives(), false, false);
        } else if (flags.lookingAt() && flags.group(3).equals(":")) {
            ignoresCase = (outside || flags.group(1).contains("i"))
                    && !(flags.group(2) != null && flags.group(2).contains("i"));
            at = flags.end();
            inside = alternatives();
        } else if (named.lookingAt()) {
            at = named.end();
            inside = alternatives();
        } else if (source.startsWith("(?", at)) {
            throw wrong("'" + source.substring(at, Math.min(at + 4, source.length())) + "', which is not read here");
        } else {
            at++;
            inside = alternatives();
        }
        if (!skip(")")) {
            throw wrong("a ( without its )");
        }
        ignoresCase = outside;
        // Unlike a bare place, a group of one may be repeated.
        return inside instanceof Anchor ? new Sequence(List.of(inside)) : inside;
    }

    /** Whether this comes next; it is then behind. */
    boolean skip(String next) {
        boolean there = source.startsWith(next, at);
        at += there ? next.length() : 0;
        return there;
    }

    /** The next character, which is then behind. */
    char take() {
        if (at == source.length()) {
            throw wrong("a [ without its ]");
        }
        return source.charAt(at++);
    }

    /** The character after the next. */
    boolean follows(int distance, char character) {
        return at + distance < source.length() && source.charAt(at + distance) == character;
    }

    private int after(String end) {
        int found = source.indexOf(end, at);
        if (found < 0) {
            throw wrong("a ( without its )");
        }
        return found + end.length();
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("it has " + what + ", before character " + at);
    }
}
