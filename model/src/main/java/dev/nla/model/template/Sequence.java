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

        /** Whether items have numbers. */
        boolean indexed() {
            return this == LIST || this == TUPLE || this == RANGE;
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
