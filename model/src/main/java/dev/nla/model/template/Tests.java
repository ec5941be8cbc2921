package dev.nla.model.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may stand behind {@code is}. */
final class Tests {
    static final Map<String, Builtin> ALL = all();

    private Tests() {}

    private static Map<String, Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(Builtin.of("defined()", (value, given, run) -> !(value instanceof Undefined)));
        all.add(Builtin.of("undefined()", (value, given, run) -> value instanceof Undefined));
        all.add(Builtin.of("none()", (value, given, run) -> value == None.NONE));
        all.add(Builtin.of("boolean()", (value, given, run) -> value instanceof Boolean));
        all.add(Builtin.of("true()", (value, given, run) -> Boolean.TRUE.equals(value)));
        all.add(Builtin.of("false()", (value, given, run) -> Boolean.FALSE.equals(value)));
        all.add(Builtin.of("integer()", (value, given, run) -> value instanceof Long));
        all.add(Builtin.of("float()", (value, given, run) -> value instanceof Double));
        all.add(Builtin.of("number()", (value, given, run) -> Types.isNumber(value)));
        all.add(Builtin.of("string()", (value, given, run) -> value instanceof String));
        all.add(Builtin.of("mapping()", (value, given, run) -> value instanceof Dict));
        all.add(Builtin.of("iterable()", (value, given, run) -> Iteration.possible(value)));
        all.add(Builtin.of(
                "sequence()",
                (value, given, run) -> value instanceof String
                        || value instanceof Dict
                        || value instanceof Undefined
                        || value instanceof Sequence sequence && sequence.kind().indexed()));
        all.add(Builtin.of(
                "callable()", (value, given, run) -> value instanceof Callable || value instanceof Undefined));
        all.add(Builtin.of("escaped()", (value, given, run) -> false));
        all.add(Builtin.of(
                "sameas(other)",
                (value, given, run) -> value == given.value("other")
                        || value.getClass() == given.value("other").getClass()
                                && !(value instanceof Sequence)
                                && !(value instanceof Dict)
                                && Comparison.equal(value, given.value("other"), run.budget())));
        all.add(Builtin.of(
                "lower()", (value, given, run) -> TextCase.isLower(Representation.text(value, run.budget()))));
        all.add(Builtin.of(
                "upper()", (value, given, run) -> TextCase.isUpper(Representation.text(value, run.budget()))));
        all.add(Builtin.of("even()", (value, given, run) -> divisible(value, 2L, run)));
        all.add(Builtin.of("odd()", (value, given, run) -> !divisible(value, 2L, run)));
        all.add(Builtin.of("divisibleby(num)", (value, given, run) -> divisible(value, given.value("num"), run)));
        all.add(Builtin.of(
                "filter()", (value, given, run) -> value instanceof String && Filters.ALL.containsKey(value)));
        all.add(Builtin.of("test()", (value, given, run) -> value instanceof String && Tests.ALL.containsKey(value)));
        compared(all, "==", "eq", "equalto", "==");
        compared(all, "!=", "ne", "!=");
        compared(all, "<", "lt", "lessthan", "<");
        compared(all, "<=", "le", "<=");
        compared(all, ">", "gt", "greaterthan", ">");
        compared(all, ">=", "ge", ">=");
        compared(all, "in", "in");
        return Builtin.named(all);
    }

    private static void compared(List<Builtin> all, String operator, String... names) {
        all.addAll(Filters.also(
                List.of(names),
                "(other)",
                (value, given, run) -> Comparison.holds(operator, value, given.value("other"), run.budget())));
    }

    private static boolean divisible(Object value, Object by, Rendering run) {
        return Comparison.equal(Arithmetic.apply("%", value, by, run), 0L, run.budget());
    }
}
