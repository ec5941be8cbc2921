package dev.nla.model.template.value;

/** What Python calls the types of values, and what it takes for true. */
public final class Types {
    private Types() {}

    /** The name of a value's type. */
    public static String name(Object value) {
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

    /** Whether Python takes a value for true. */
    public static boolean truth(Object value) {
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
    public static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** Whether it counts as a whole number. */
    public static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    /** A whole number, of a value that counts as one. */
    public static long whole(Object value) {
        return value instanceof Boolean truth ? (truth ? 1 : 0) : (Long) value;
    }

    /** A floating point number, of a value that counts as a number. */
    public static double real(Object value) {
        return value instanceof Double real ? real : whole(value);
    }
}
