package dev.nla.model.tokenizer;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The functions that transformers gives to chat templates; public only because jinjava calls them by reflection. */
public final class TemplateFunctions {
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('d', "dd"),
            Map.entry('m', "MM"),
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('p', "a"),
            Map.entry('j', "DDD"));

    private TemplateFunctions() {}

    /** What a template calls when a conversation is not allowed. */
    public static String raise(String message) {
        throw new Raised(message);
    }

    /** The current time in the form of C's strftime. */
    public static String now(String format) {
        return strftime(ZonedDateTime.now(Clock.systemDefaultZone()), format);
    }

    static String strftime(ZonedDateTime time, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            String pattern = PATTERNS.get(directive);
            if (directive == '%') {
                text.append('%');
            } else if (pattern == null) {
                throw new Raised("strftime_now knows no %" + directive);
            } else {
                text.append(DateTimeFormatter.ofPattern(pattern, Locale.US).format(time));
            }
        }
        return text.toString();
    }

    /** A refusal by the template itself. */
    static final class Raised extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Raised(String message) {
            super(message);
        }
    }
}
