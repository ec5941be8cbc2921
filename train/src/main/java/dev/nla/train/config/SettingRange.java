package dev.nla.train.config;

/** Allowed numbers, written as in mathematics: {@code [0, 1)}, {@code (0, inf)}. */
record SettingRange(double low, boolean lowIncluded, double high, boolean highIncluded) {
    static final SettingRange ANY = new SettingRange(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

    static SettingRange parse(String text) {
        if (text.isEmpty()) {
            return ANY;
        }
        String[] ends = text.substring(1, text.length() - 1).split(",");
        return new SettingRange(end(ends[0].strip()), text.startsWith("["), end(ends[1].strip()), text.endsWith("]"));
    }

    private static double end(String text) {
        return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    boolean contains(double value) {
        boolean above = lowIncluded ? value >= low : value > low;
        boolean below = highIncluded ? value <= high : value < high;
        return above && below && Double.isFinite(value);
    }

    /** The bounds as words that follow the name of a type, such as {@code " of at least 1"}; empty without bounds. */
    String describe() {
        if (Double.isInfinite(high)) {
            return Double.isInfinite(low) ? "" : (lowIncluded ? " of at least " : " above ") + number(low);
        }
        return (lowIncluded ? " from " : " above ")
                + number(low)
                + (highIncluded ? " to " : " and below ")
                + number(high);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
