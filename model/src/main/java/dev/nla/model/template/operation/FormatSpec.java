package dev.nla.model.template.operation;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.Locale;

/**
 * How one value is written in a format, as the part after the colon in {@code {:>8.2f}} says.
 *
 * @param fill character that fills up to the width
 * @param align {@code <}, {@code >}, {@code ^}, {@code =}, or a blank for the type's own
 * @param sign {@code +}, {@code -} or a blank
 * @param alternate whether {@code 0x} and the like are written
 * @param width least number of characters
 * @param grouping {@code ,} or {@code _} between thousands, or an empty text
 * @param precision digits, or -1 where none is given
 * @param type letter, or 0 where none is given
 */
public record FormatSpec(
        int fill, char align, char sign, boolean alternate, long width, String grouping, int precision, char type) {
    private static final int MOST_PRECISION = 1000;

    /**
     * Reads what stands behind the colon.
     *
     * @throws TemplateException when it is no format
     */
    public static FormatSpec parse(String spec) {
        int[] points = spec.codePoints().toArray();
        int at = 0;
        int fill = ' ';
        char align = 0;
        if (points.length > 1 && "<>^=".indexOf(points[1]) >= 0) {
            fill = points[0];
            align = (char) points[1];
            at = 2;
        } else if (points.length > 0 && "<>^=".indexOf(points[0]) >= 0) {
            align = (char) points[0];
            at = 1;
        }
        String rest = new String(points, at, points.length - at);
        Cursor cursor = new Cursor(rest);
        char sign = cursor.oneOf("+- ", '-');
        boolean alternate = cursor.oneOf("#", (char) 0) != 0;
        if (cursor.oneOf("0", (char) 0) != 0 && align == 0) {
            fill = '0';
            align = '=';
        }
        long width = cursor.number(0);
        char grouping = cursor.oneOf(",_", (char) 0);
        int precision = -1;
        if (cursor.oneOf(".", (char) 0) != 0) {
            precision = (int) Math.min(cursor.number(-1), Integer.MAX_VALUE);
            if (precision < 0) {
                throw TemplateException.of("Format specifier missing precision");
            }
        }
        char type = cursor.oneOf("bcdeEfFgGnosxX%", (char) 0);
        if (!cursor.ended()) {
            throw TemplateException.of("Invalid format specifier '%s'", spec);
        }
        return new FormatSpec(
                fill, align, sign, alternate, width, grouping == 0 ? "" : String.valueOf(grouping), precision, type);
    }

    /** A value by this format. */
    public String apply(Object value, Budget budget) {
        if (Types.isNumber(value) && !(value instanceof Boolean && type == 0)) {
            return type == 'c' ? padded("", character(value), '<', budget) : number(value, budget);
        }
        if (type != 0 && type != 's') {
            throw TemplateException.of("Unknown format code '%s' for object of type '%s'", type, Types.name(value));
        }
        String text = Representation.text(value, budget);
        int length = CodePoints.length(text);
        return padded(
                "", precision >= 0 && precision < length ? CodePoints.between(text, 0, precision) : text, '<', budget);
    }

    private static String character(Object value) {
        if (!Types.isWhole(value) || Types.whole(value) < 0 || Types.whole(value) > Character.MAX_CODE_POINT) {
            throw TemplateException.of("%%c arg not in range(0x110000)");
        }
        return Character.toString((int) Types.whole(value));
    }

    private String number(Object value, Budget budget) {
        budget.spend(NumberText.COST);
        boolean real = value instanceof Double || "eEfFgG%".indexOf(type) >= 0 && type != 0;
        boolean negative = real ? Types.real(value) < 0 || 1 / Types.real(value) < 0 : Types.whole(value) < 0;
        String marked = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
        String digits = real ? real(Math.abs(Types.real(value))) : whole(value);
        return padded(marked + prefix(real), grouped(digits), '>', budget);
    }

    private String prefix(boolean real) {
        return !alternate || real ? "" : "xXob".indexOf(type) >= 0 && type != 0 ? "0" + type : "";
    }

    private String whole(Object value) {
        String digits =
                switch (type) {
                    case 'x' -> Long.toUnsignedString(Math.abs(Types.whole(value)), 16);
                    case 'X' ->
                        Long.toUnsignedString(Math.abs(Types.whole(value)), 16).toUpperCase(Locale.ROOT);
                    case 'o' -> Long.toUnsignedString(Math.abs(Types.whole(value)), 8);
                    case 'b' -> Long.toUnsignedString(Math.abs(Types.whole(value)), 2);
                    case 0, 'd', 'n' -> Long.toUnsignedString(Math.abs(Types.whole(value)));
                    default ->
                        throw TemplateException.of(
                                "Unknown format code '%s' for object of type '%s'", type, Types.name(value));
                };
        return digits;
    }

    private String real(double value) {
        if (precision > MOST_PRECISION) {
            throw TemplateException.of("a precision of %d digits is more than %d", precision, MOST_PRECISION);
        }
        int digits = precision < 0 ? 6 : precision;
        return switch (type) {
            case 0 -> precision < 0 ? NumberText.repr(value) : NumberText.formatted(value, 'g', digits);
            case '%' -> NumberText.formatted(value * 100, 'f', digits) + "%";
            case 'e', 'E', 'f', 'F', 'g', 'G' -> NumberText.formatted(value, type, digits);
            case 'n' -> NumberText.formatted(value, 'g', digits);
            default -> throw TemplateException.of("Unknown format code '%s' for object of type 'float'", type);
        };
    }

    private String grouped(String digits) {
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = end - 3; at > 0 && !grouping.isEmpty(); at -= 3) {
            grouped.insert(at, grouping);
        }
        return grouped.toString();
    }

    private String padded(String sign, String text, char own, Budget budget) {
        long missing = width - sign.length() - CodePoints.length(text);
        if (missing <= 0) {
            return sign + text;
        }
        budget.spend(width);
        String filling = Character.toString(fill);
        return switch (align == 0 ? own : align) {
            case '<' -> sign + text + filling.repeat((int) missing);
            case '>' -> filling.repeat((int) missing) + sign + text;
            case '=' -> sign + filling.repeat((int) missing) + text;
            default ->
                filling.repeat((int) (missing / 2)) + sign + text + filling.repeat((int) (missing - missing / 2));
        };
    }

    /** Reads a format from its start. */
    static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        char oneOf(String characters, char otherwise) {
            return at < text.length() && characters.indexOf(text.charAt(at)) >= 0 ? text.charAt(at++) : otherwise;
        }

        long number(long otherwise) {
            long number = otherwise;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                number = Math.min(Math.max(number, 0) * 10 + text.charAt(at++) - '0', Integer.MAX_VALUE);
            }
            return number;
        }

        boolean ended() {
            return at == text.length();
        }
    }
}
