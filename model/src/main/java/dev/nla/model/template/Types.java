package dev.nla.model.template;

/** What Python calls the types of values, and what it takes for true. */
final class Types {
    private Types() {}

    static String name(Object value) {
        if (value instanceof Sequence sequence) {
            return sequence.kind().pythonName();
        }
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value == None.NONE) {
            return "NoneType";
        }
        return value instanceof Dict ? "dict" : value.getClass().getSimpleName();
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Long whole) {
            return whole != 0;
        }
        if (value instanceof Double real) {
            return real != 0;
        }
        if (value instanceof Sequence sequence) {
            return !sequence.items().isEmpty();
        }
        if (value instanceof Dict dict) {
            return dict.size() > 0;
        }
        return value != None.NONE && !(value instanceof Undefined);
    }

    /** Whether it counts as a number; as in Python, truth values do. */
    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** Whether it counts as a whole number. */
    static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    static long whole(Object value) {
        return value instanceof Boolean truth ? (truth ? 1 : 0) : (Long) value;
    }

    static double real(Object value) {
        return value instanceof Double real ? real : whole(value);
    }
}
