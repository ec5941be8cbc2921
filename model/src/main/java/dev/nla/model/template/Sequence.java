package dev.nla.model.template;

import java.util.List;

/**
 * A list or what behaves like one.
 *
 * @param kind which of Python's types
 * @param items the items, not to be changed
 */
record Sequence(Kind kind, List<Object> items) {
    /** Python's types of sequences. */
    enum Kind {
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

        String pythonName() {
            return pythonName;
        }

        boolean tuple() {
            return this == TUPLE || this == GROUP;
        }

        /** Whether items have numbers. */
        boolean indexed() {
            return this == LIST || this == RANGE || tuple();
        }
    }

    static Sequence list(List<Object> items) {
        return new Sequence(Kind.LIST, items);
    }

    static Sequence tuple(Object... items) {
        return new Sequence(Kind.TUPLE, List.of(items));
    }

    boolean is(Kind kind) {
        return this.kind == kind;
    }
}
