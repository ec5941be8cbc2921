package dev.nla.model.template.library;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Arithmetic;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Filters that make or change numbers. */
final class NumberFilters {
    private NumberFilters() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("int(default, base)", (value, given, budget) -> whole(value, given)),
                Builtin.of("float(default)", (value, given, budget) -> real(value, given)),
                Builtin.of("abs()", (value, given, budget) -> {
                    Undefined.defined(value);
                    return Types.isNumber(value) && Types.real(value) < 0
                            ? Arithmetic.negative(value)
                            : Arithmetic.positive(value);
                }),
                Builtin.of("round(precision, method)", (value, given, budget) -> rounded(value, given)));
    }

    private static Object whole(Object value, Given given) {
        Undefined.defined(value);
        Object otherwise = given.value("default", 0L);
        if (Types.isWhole(value)) {
            return Types.whole(value);
        }
        String text =
                value instanceof String given1 ? CodePoints.stripped(given1, CodePoints::isSpace, true, true) : "";
        int base = (int) given.whole("base", 10);
        try {
            if (value instanceof String) {
                String digits =
                        base == 16 && text.toLowerCase(java.util.Locale.ROOT).startsWith("0x")
                                ? text.substring(2)
                                : text;
                return Long.parseLong(digits.replace("_", ""), base);
            }
        } catch (NumberFormatException e) {
            // Jinja tries it as a floating point number next
        }
        Object real = real(value, new Given("int", java.util.Map.of("default", None.NONE), Arguments.NONE));
        if (!(real instanceof Double number) || Double.isNaN(number) || Double.isInfinite(number)) {
            return otherwise;
        }
        if (Math.abs(number) >= 0x1p63) {
            throw TemplateException.of("int: %s has more than 64 bits", number);
        }
        return number.longValue();
    }

    private static Object real(Object value, Given given) {
        Undefined.defined(value);
        if (Types.isNumber(value)) {
            return Types.real(value);
        }
        Object otherwise = given.value("default", 0.0);
        if (!(value instanceof String text)) {
            return otherwise;
        }
        String number =
                CodePoints.stripped(text, CodePoints::isSpace, true, true).toLowerCase(java.util.Locale.ROOT);
        return switch (number) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                boolean plain = number.length() < 400
                        && !number.isEmpty()
                        && number.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.e".indexOf(c) >= 0);
                try {
                    yield plain ? (Object) Double.valueOf(number) : otherwise;
                } catch (NumberFormatException e) {
                    yield otherwise;
                }
            }
        };
    }

    private static Object rounded(Object value, Given given) {
        Undefined.defined(value);
        if (!Types.isNumber(value)) {
            throw TemplateException.of("type %s doesn't define __round__ method", Types.name(value));
        }
        long precision = given.whole("precision", 0);
        RoundingMode mode =
                switch (given.text("method", "common")) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw TemplateException.of("method must be common, ceil or floor");
                };
        if (Types.isWhole(value) && mode == RoundingMode.HALF_EVEN && precision >= 0) {
            return Types.whole(value);
        }
        double real = Types.real(value);
        if (Double.isNaN(real) || Double.isInfinite(real) || precision > 400 || precision < -400) {
            return real;
        }
        return new BigDecimal(real).setScale((int) precision, mode).doubleValue();
    }
}
