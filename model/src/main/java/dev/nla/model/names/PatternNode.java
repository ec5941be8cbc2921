package dev.nla.model.names;

import java.util.BitSet;
import java.util.List;

/**
 * A part of a regular expression. It maps all places of a text where it may begin to all places where it may then end, at once: whether a
 * text matches is all that is asked, so there is nothing to try again and time stays a polynomial of the lengths.
 */
sealed interface PatternNode {
    /** Where it ends when it begins at any of these places. */
    BitSet ends(BitSet starts, Text text);

    /** A text and what may still be spent on it. */
    record Text(String characters, MatchBudget budget) {
        int length() {
            return characters.length();
        }

        private boolean isWord(int at) {
            return at >= 0 && at < length() && Characters.WORD.accepts(characters.charAt(at));
        }
    }

    /** One character out of some. */
    record One(Characters accepted) implements PatternNode {
        @Override
        public BitSet ends(BitSet starts, Text text) {
            text.budget().spend(1 + starts.cardinality());
            BitSet ends = new BitSet();
            for (int at = starts.nextSetBit(0); at >= 0 && at < text.length(); at = starts.nextSetBit(at + 1)) {
                if (accepted.accepts(text.characters().charAt(at))) {
                    ends.set(at + 1);
                }
            }
            return ends;
        }
    }

    /** One part after the other. */
    record Sequence(List<PatternNode> parts) implements PatternNode {
        @Override
        public BitSet ends(BitSet starts, Text text) {
            BitSet places = starts;
            for (PatternNode part : parts) {
                if (places.isEmpty()) {
                    break;
                }
                places = part.ends(places, text);
            }
            return places;
        }
    }

    /** Any of the parts. */
    record Alternatives(List<PatternNode> parts) implements PatternNode {
        @Override
        public BitSet ends(BitSet starts, Text text) {
            text.budget().spend(parts.size());
            BitSet ends = new BitSet();
            for (PatternNode part : parts) {
                ends.or(part.ends(starts, text));
            }
            return ends;
        }
    }

    /** A part some times over. */
    record Repeat(PatternNode part, int least, int most) implements PatternNode {
        @Override
        public BitSet ends(BitSet starts, Text text) {
            BitSet reached = starts;
            for (int i = 0; i < least && !reached.isEmpty(); i++) {
                text.budget().spend(1);
                reached = part.ends(reached, text);
            }
            BitSet all = (BitSet) reached.clone();
            for (int i = least; i < most && !reached.isEmpty(); i++) {
                text.budget().spend(1);
                reached = (BitSet) part.ends(reached, text).clone();
                reached.andNot(all);
                all.or(reached);
            }
            return all;
        }
    }

    /** A place that is told by its neighbours. */
    enum Anchor implements PatternNode {
        BEGIN,
        END,
        WORD_EDGE,
        NO_WORD_EDGE;

        @Override
        public BitSet ends(BitSet starts, Text text) {
            text.budget().spend(1 + starts.cardinality());
            BitSet kept = new BitSet();
            starts.stream().filter(at -> holds(at, text)).forEach(kept::set);
            return kept;
        }

        private boolean holds(int at, Text text) {
            boolean edge = text.isWord(at - 1) != text.isWord(at);
            return switch (this) {
                case BEGIN -> at == 0;
                case END -> at == text.length();
                case WORD_EDGE -> edge;
                case NO_WORD_EDGE -> !edge;
            };
        }
    }

    /** A place from which, or up to which, a part matches or does not. */
    record Look(PatternNode part, boolean ahead, boolean wanted) implements PatternNode {
        @Override
        public BitSet ends(BitSet starts, Text text) {
            BitSet kept = new BitSet();
            starts.stream().filter(at -> found(at, text) == wanted).forEach(kept::set);
            return kept;
        }

        private boolean found(int at, Text text) {
            BitSet from = new BitSet();
            if (ahead) {
                from.set(at);
                return !part.ends(from, text).isEmpty();
            }
            for (int begin = 0; begin <= at; begin++) {
                from.clear();
                from.set(begin);
                if (part.ends(from, text).get(at)) {
                    return true;
                }
            }
            return false;
        }
    }
}
