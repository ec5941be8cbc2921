package dev.nla.model.names;

import java.util.List;

/** A set of characters in a regular expression. */
sealed interface Characters {
    /** Letters, digits and the underscore. */
    Characters WORD =
            new Any(List.of(new Range('a', 'z'), new Range('A', 'Z'), new Range('0', '9'), new Range('_', '_')), false);

    Characters DIGIT = new Range('0', '9');
    Characters SPACE = new Any(List.of(new Range('\t', '\r'), new Range(' ', ' ')), false);

    /** What a dot stands for. */
    Characters DOT = new Any(List.of(new Range('\n', '\n')), true);

    boolean accepts(char character);

    /** All from the first to the last. */
    record Range(char first, char last) implements Characters {
        @Override
        public boolean accepts(char character) {
            return first <= character && character <= last;
        }
    }

    /** All that are in one of the parts, or all others. */
    record Any(List<Characters> parts, boolean negated) implements Characters {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean accepts(char character) {
            return parts.stream().anyMatch(part -> part.accepts(character)) != negated;
        }
    }

    /** The same in both cases of a letter. */
    record BothCases(Characters characters) implements Characters {
        @Override
        public boolean accepts(char character) {
            return characters.accepts(Character.toLowerCase(character))
                    || characters.accepts(Character.toUpperCase(character));
        }
    }
}
