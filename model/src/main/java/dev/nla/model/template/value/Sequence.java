package dev.nla.model.template.value;

import java.util.List;

/**
 * A list or what behaves like one.
 *
 * @param kind which of Python's types
 * @param items the items, not to be changed
 */
public record Sequence(Kind kind, List<Object> items) {
    /** Python's types of sequences. */
    public enum Kind {
        LIST("list"),
        TUPLE("tuple"),
        /** What {@code groupby} gives: a tuple whose two items are also called {@code grouper} and {@code list}. */
        GROUP("_GroupTuple"),
        RANGE("range"),
        KEYS("dict_keys"),
        VALUES("dict_values"),
        ITEMS("dict_items");

        private final String pythonName;

        Kind(String pythonName) {
            this.pythonName = pythonName;
        }

        /** What Python calls the type. */
        public String pythonName() {
            return pythonName;
        }

        /** Whether Python takes it for a tuple. */
        public boolean tuple() {
            return this == TUPLE || this == GROUP;
        }

        /** Whether items have numbers. */
        public boolean indexed() {
            return this == LIST || this == RANGE || tuple();
        }
    }

    /** A list. */
    public static Sequence list(List<Object> items) {
        return new Sequence(Kind.LIST, items);
    }

    /** A tuple. */
    public static Sequence tuple(Object... items) {
        return new Sequence(Kind.TUPLE, List.of(items));
    }

    /** Whether it is of a kind. */
    public boolean is(Kind kind) {
        return this.kind == kind;
    }
}
