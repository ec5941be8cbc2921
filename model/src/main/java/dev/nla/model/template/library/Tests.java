package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Callable;
import dev.nla.model.template.operation.Arithmetic;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may stand behind {@code is}. */
public final class Tests {
    private static final Map<String, Builtin> ALL = all();

    private Tests() {}

    private static Map<String, Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(Builtin.of("defined()", (value, given, budget) -> !(value instanceof Undefined)));
        all.add(Builtin.of("undefined()", (value, given, budget) -> value instanceof Undefined));
        all.add(Builtin.of("none()", (value, given, budget) -> value == None.NONE));
        all.add(Builtin.of("boolean()", (value, given, budget) -> value instanceof Boolean));
        all.add(Builtin.of("true()", (value, given, budget) -> Boolean.TRUE.equals(value)));
        all.add(Builtin.of("false()", (value, given, budget) -> Boolean.FALSE.equals(value)));
        all.add(Builtin.of("integer()", (value, given, budget) -> value instanceof Long));
        all.add(Builtin.of("float()", (value, given, budget) -> value instanceof Double));
        all.add(Builtin.of("number()", (value, given, budget) -> Types.isNumber(value)));
        all.add(Builtin.of("string()", (value, given, budget) -> value instanceof String));
        all.add(Builtin.of("mapping()", (value, given, budget) -> value instanceof Dict));
        all.add(Builtin.of("iterable()", (value, given, budget) -> Iteration.possible(value)));
        all.add(Builtin.of(
                "sequence()",
                (value, given, budget) -> value instanceof String
                        || value instanceof Dict
                        || value instanceof Undefined
                        || value instanceof Sequence sequence && sequence.kind().indexed()));
        all.add(Builtin.of(
                "callable()", (value, given, budget) -> value instanceof Callable || value instanceof Undefined));
        all.add(Builtin.of("escaped()", (value, given, budget) -> false));
        all.add(Builtin.of(
                "sameas(other)",
                (value, given, budget) -> value == given.value("other")
                        || value.getClass() == given.value("other").getClass()
                                && !(value instanceof Sequence)
                                && !(value instanceof Dict)
                                && ValueComparison.equal(value, given.value("other"), budget)));
        all.add(Builtin.of("lower()", (value, given, budget) -> TextCase.isLower(Representation.text(value, budget))));
        all.add(Builtin.of("upper()", (value, given, budget) -> TextCase.isUpper(Representation.text(value, budget))));
        all.add(Builtin.of("even()", (value, given, budget) -> divisible(value, 2L, budget)));
        all.add(Builtin.of("odd()", (value, given, budget) -> !divisible(value, 2L, budget)));
        all.add(Builtin.of("divisibleby(num)", (value, given, budget) -> divisible(value, given.value("num"), budget)));
        all.add(Builtin.of("filter()", (value, given, budget) -> Filters.has(value)));
        all.add(Builtin.of(
                "test()", (value, given, budget) -> value instanceof String && Tests.ALL.containsKey(value)));
        compared(all, "==", "eq", "equalto", "==");
        compared(all, "!=", "ne", "!=");
        compared(all, "<", "lt", "lessthan", "<");
        compared(all, "<=", "le", "<=");
        compared(all, ">", "gt", "greaterthan", ">");
        compared(all, ">=", "ge", ">=");
        compared(all, "in", "in");
        return Builtin.named(all);
    }

    /**
     * The test of a name.
     *
     * @throws TemplateException when there is none
     */
    public static Builtin named(String name) {
        Builtin test = ALL.get(name);
        if (test == null) {
            throw TemplateException.of("No test named '%s'.", name);
        }
        return test;
    }

    private static void compared(List<Builtin> all, String operator, String... names) {
        all.addAll(Filters.also(
                List.of(names),
                "(other)",
                (value, given, budget) -> ValueComparison.holds(operator, value, given.value("other"), budget)));
    }

    private static boolean divisible(Object value, Object by, Budget budget) {
        return ValueComparison.equal(Arithmetic.apply("%", value, by, budget), 0L, budget);
    }
}
