package dev.nla.model.names;

import java.util.ArrayList;
import java.util.List;

/** The parts of a regular expression that stand for one character: {@code \d}, {@code \.}, {@code [a-z]}. */
final class PatternCharacters {
    private PatternCharacters() {}

    /** What an escape stands for; the parser is behind its backslash. */
    static Characters escape(PatternParser parser) {
        char next = parser.take();
        return switch (next) {
            case 'd' -> Characters.DIGIT;
            case 'D' -> not(Characters.DIGIT);
            case 'w' -> Characters.WORD;
            case 'W' -> not(Characters.WORD);
            case 's' -> Characters.SPACE;
            case 'S' -> not(Characters.SPACE);
            case 'a' -> one('\u0007');
            case 'f' -> one('\f');
            case 'n' -> one('\n');
            case 'r' -> one('\r');
            case 't' -> one('\t');
            case 'v' -> one('\u000b');
            case 'x' -> one(hexadecimal(parser, 2));
            case 'u' -> one(hexadecimal(parser, 4));
            default -> {
                if (next < 128 && Character.isLetterOrDigit(next)) {
                    throw parser.wrong("\\" + next + ", which is not read here");
                }
                yield one(next);
            }
        };
    }

    /** A set; the parser is behind its opening bracket. */
    static Characters set(PatternParser parser, boolean ignoresCase) {
        boolean negated = parser.skip("^");
        List<Characters> parts = new ArrayList<>();
        do {
            Characters first = member(parser);
            if (first instanceof Characters.Range from && parser.follows(0, '-') && !parser.follows(1, ']')) {
                parser.skip("-");
                if (!(member(parser) instanceof Characters.Range to) || to.first() < from.first()) {
                    throw parser.wrong("a range of characters that is none");
                }
                first = new Characters.Range(from.first(), to.first());
            }
            parts.add(ignoresCase ? new Characters.BothCases(first) : first);
        } while (!parser.skip("]"));
        return new Characters.Any(parts, negated);
    }

    private static Characters member(PatternParser parser) {
        char next = parser.take();
        if (next != '\\') {
            return one(next);
        }
        return parser.skip("b") ? one('\b') : escape(parser);
    }

    private static char hexadecimal(PatternParser parser, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(parser.take(), 16);
            if (digit < 0) {
                throw parser.wrong("an escape without its hexadecimal digits");
            }
            value = 16 * value + digit;
        }
        return (char) value;
    }

    private static Characters one(char character) {
        return new Characters.Range(character, character);
    }

    private static Characters not(Characters characters) {
        return new Characters.Any(List.of(characters), true);
    }
}
