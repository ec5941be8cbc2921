package dev.nla.model.template.operation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Floating point numbers as Python writes them. */
public final class NumberText {
    /** What writing one costs, in characters: up to 17 attempts in exact arithmetic. */
    public static final int COST = 2048;

    private static final int DIGITS = 17;

    private NumberText() {}

    /** The fewest digits that give the same number again. */
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(value).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            return shortest.scale() <= 0
                    ? shortest.setScale(1, RoundingMode.UNNECESSARY).toPlainString()
                    : shortest.toPlainString();
        }
        return scientific(shortest, exponent);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DIGITS; digits++) {
            BigDecimal rounded = exact.round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new java.math.MathContext(DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String scientific(BigDecimal value, int exponent) {
        String digits = value.unscaledValue().abs().toString();
        return (value.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + exponent(exponent, 'e');
    }

    private static String exponent(int exponent, char letter) {
        return letter + (exponent < 0 ? "-" : "+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    /** By one of the types {@code e f g} of Python's formats, without a sign. */
    static String formatted(double value, char type, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : "inf";
        }
        BigDecimal exact = new BigDecimal(Math.abs(value));
        return switch (type) {
            case 'f', 'F' -> exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
            case 'e', 'E' -> scientific(exact, precision, type);
            default -> general(exact, Math.max(1, precision), type);
        };
    }

    private static String scientific(BigDecimal exact, int precision, char type) {
        BigDecimal rounded = exact.signum() == 0
                ? exact.setScale(precision)
                : exact.round(new java.math.MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String digits = rounded.movePointLeft(exponent)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return digits + exponent(exponent, type);
    }

    private static String general(BigDecimal exact, int precision, char type) {
        if (exact.signum() == 0) {
            return "0";
        }
        BigDecimal rounded = exact.round(new java.math.MathContext(precision, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < precision) {
            return rounded.toPlainString();
        }
        return scientific(rounded, rounded.precision() - 1, type == 'G' ? 'E' : 'e');
    }
}
